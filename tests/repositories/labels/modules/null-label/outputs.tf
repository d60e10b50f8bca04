output "id" {
  value       = local.enabled ? local.id : ""
  description = "Disambiguated ID string restricted to id_length_limit characters in total"
}

output "enabled" {
  value = local.enabled
}

output "tags" {
  value = local.enabled ? merge({ Name = local.id }, local.input.tags) : {}
}

output "attributes" {
  value = local.enabled ? local.attributes : []
}

output "context" {
  value = local.output_context
}
