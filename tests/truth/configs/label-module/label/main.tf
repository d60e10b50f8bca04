variable "enabled" {
  type    = bool
  default = null
}
variable "namespace" {
  type    = string
  default = null
}
variable "stage" {
  type    = string
  default = null
}
variable "name" {
  type    = string
  default = null
}
variable "attributes" {
  type    = list(string)
  default = []
}
variable "delimiter" {
  type    = string
  default = null
}
variable "label_order" {
  type    = list(string)
  default = null
}
variable "context" {
  type = any
  default = {
    enabled     = true
    namespace   = null
    stage       = null
    name        = null
    delimiter   = null
    attributes  = []
    label_order = []
  }
}
locals {
  defaults = {
    label_order = ["namespace", "stage", "name", "attributes"]
    delimiter   = "-"
    regex       = "/[^a-zA-Z0-9-]/"
  }
  input = {
    enabled    = var.enabled == null ? var.context.enabled : var.enabled
    namespace  = var.namespace == null ? var.context.namespace : var.namespace
    stage      = var.stage == null ? var.context.stage : var.stage
    name       = var.name == null ? var.context.name : var.name
    attributes = compact(distinct(concat(coalesce(var.context.attributes, []), coalesce(var.attributes, []))))
    delimiter  = var.delimiter == null ? var.context.delimiter : var.delimiter
  }
  enabled    = local.input.enabled
  delimiter  = local.input.delimiter == null ? local.defaults.delimiter : local.input.delimiter
  order      = var.label_order == null ? local.defaults.label_order : var.label_order
  normalized = { for k in ["namespace", "stage", "name"] : k => local.input[k] == null ? "" : lower(replace(local.input[k], local.defaults.regex, "")) }
  attributes = join(local.delimiter, [for a in local.input.attributes : lower(a)])
  parts      = merge(local.normalized, { attributes = local.attributes })
  id         = join(local.delimiter, [for l in local.order : local.parts[l] if length(local.parts[l]) > 0])
}
output "enabled" { value = local.enabled }
output "id" { value = local.enabled ? local.id : "" }
