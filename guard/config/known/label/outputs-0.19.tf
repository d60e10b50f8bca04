output "id" {
  value = local.enabled ? local.id : ""
}

output "id_full" {
  value = local.enabled ? local.id_full : ""
}

output "enabled" {
  value = local.enabled
}

output "namespace" {
  value = local.enabled ? local.words.namespace : ""
}

output "environment" {
  value = local.enabled ? local.words.environment : ""
}

output "stage" {
  value = local.enabled ? local.words.stage : ""
}

output "name" {
  value = local.enabled ? local.words.name : ""
}

output "delimiter" {
  value = local.enabled ? local.delimiter : ""
}

output "label_order" {
  value = local.order
}

output "regex_replace_chars" {
  value = local.chars
}

output "id_length_limit" {
  value = local.limit
}

output "context" {
  value = local.given
}
