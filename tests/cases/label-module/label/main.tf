variable "enabled" {
  type    = bool
  default = null
}
variable "namespace" {
  type    = string
  default = null
}
variable "name" {
  type    = string
  default = null
}
variable "context" {
  type    = any
  default = { enabled = true, namespace = null, name = null, delimiter = "-" }
}
locals {
  enabled   = var.enabled == null ? var.context.enabled : var.enabled
  namespace = var.namespace == null ? var.context.namespace : var.namespace
  name      = var.name == null ? var.context.name : var.name
  parts     = [for p in [local.namespace, local.name] : lower(replace(p == null ? "" : p, "/[^a-zA-Z0-9-]/", ""))]
  id        = join(var.context.delimiter, compact(local.parts))
}
output "enabled" { value = local.enabled }
output "id" { value = local.enabled ? local.id : "" }
