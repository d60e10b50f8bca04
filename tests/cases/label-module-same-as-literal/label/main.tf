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
variable "enabled" {
  type    = bool
  default = null
}
variable "attributes" {
  type    = list(string)
  default = []
}
variable "delimiter" {
  type    = string
  default = "-"
}
variable "context" {
  type = any
  default = {
    enabled    = true
    namespace  = null
    stage      = null
    name       = null
    attributes = []
  }
}
locals {
  enabled = var.enabled == null ? var.context.enabled : var.enabled
  parts = {
    namespace = var.namespace == null ? var.context.namespace : var.namespace
    stage     = var.stage == null ? var.context.stage : var.stage
    name      = var.name == null ? var.context.name : var.name
  }
  attributes = compact(distinct(concat(var.context.attributes == null ? [] : var.context.attributes, var.attributes)))
  labels     = [for l in ["namespace", "stage", "name"] : lower(replace(local.parts[l], "/[^a-zA-Z0-9-]/", "")) if local.parts[l] != null && local.parts[l] != ""]
  id         = local.enabled ? join(var.delimiter, concat(local.labels, local.attributes)) : ""
}
output "id" { value = local.id }
output "enabled" { value = local.enabled }
output "context" {
  value = {
    enabled    = local.enabled
    namespace  = local.parts.namespace
    stage      = local.parts.stage
    name       = local.parts.name
    attributes = local.attributes
  }
}
