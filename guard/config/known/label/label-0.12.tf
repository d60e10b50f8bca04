variable "additional_tag_map" {
  type    = map(string)
  default = {}
}

variable "label_order" {
  type    = list(string)
  default = []
}

variable "regex_replace_chars" {
  type    = string
  default = "/[^a-zA-Z0-9-]/"
}

variable "id_max_length" {
  type    = number
  default = 0
}

variable "context" {
  type = object({
    enabled             = bool
    namespace           = string
    environment         = string
    stage               = string
    name                = string
    delimiter           = string
    attributes          = list(string)
    tags                = map(string)
    additional_tag_map  = map(string)
    label_order         = list(string)
    regex_replace_chars = string
  })
  default = {
    enabled             = true
    namespace           = ""
    environment         = ""
    stage               = ""
    name                = ""
    delimiter           = ""
    attributes          = []
    tags                = {}
    additional_tag_map  = {}
    label_order         = []
    regex_replace_chars = ""
  }
}

locals {
  chars     = coalesce(var.regex_replace_chars, var.context.regex_replace_chars)
  delimiter = coalesce(var.delimiter, var.context.delimiter, "-")
  order = coalescelist(
    var.label_order,
    var.context.label_order,
    ["namespace", "environment", "stage", "name", "attributes"],
  )
  attributes = compact(distinct(concat(var.attributes, var.context.attributes)))
  words = {
    namespace   = lower(replace(coalesce(var.namespace, var.context.namespace, "~"), local.chars, ""))
    environment = lower(replace(coalesce(var.environment, var.context.environment, "~"), local.chars, ""))
    stage       = lower(replace(coalesce(var.stage, var.context.stage, "~"), local.chars, ""))
    name        = lower(replace(coalesce(var.name, var.context.name, "~"), local.chars, ""))
    attributes  = lower(replace(join(local.delimiter, local.attributes), local.chars, ""))
  }
  id_full = lower(join(local.delimiter, compact([for key in local.order : local.words[key]])))
  digest  = md5(local.id_full)
  limit   = var.id_max_length
  head    = local.limit <= 6 ? "" : "${replace(substr(local.id_full, 0, local.limit - 6), "/-$/", "")}-"
  short   = substr("${local.head}${substr(local.digest, 0, local.limit <= 6 ? local.limit : 5)}", 0, local.limit)
  id      = local.limit != 0 && length(local.id_full) > local.limit ? local.short : local.id_full
}

output "id" {
  value = var.enabled ? local.id : ""
}

output "enabled" {
  value = var.enabled
}

output "name" {
  value = var.enabled ? local.words.name : ""
}

output "namespace" {
  value = var.enabled ? local.words.namespace : ""
}

output "environment" {
  value = var.enabled ? local.words.environment : ""
}

output "stage" {
  value = var.enabled ? local.words.stage : ""
}

output "delimiter" {
  value = var.enabled ? local.delimiter : ""
}

output "attributes" {
  value = var.enabled ? local.attributes : []
}

output "context" {
  value = {
    enabled             = var.enabled
    namespace           = local.words.namespace
    environment         = local.words.environment
    stage               = local.words.stage
    name                = local.words.name
    delimiter           = local.delimiter
    attributes          = local.attributes
    tags                = merge(var.context.tags, var.tags)
    additional_tag_map  = merge(var.context.additional_tag_map, var.additional_tag_map)
    label_order         = local.order
    regex_replace_chars = local.chars
  }
}
