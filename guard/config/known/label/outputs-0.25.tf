output "tenant" {
  value = local.enabled ? local.words.tenant : ""
}
