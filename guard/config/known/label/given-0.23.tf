locals {
  value_case_given = var.label_value_case != null ? var.label_value_case : lookup(var.context, "label_value_case", null)
  given = {
    enabled             = var.enabled != null ? var.enabled : var.context.enabled
    namespace           = var.namespace != null ? var.namespace : var.context.namespace
    environment         = var.environment != null ? var.environment : var.context.environment
    stage               = var.stage != null ? var.stage : var.context.stage
    name                = var.name != null ? var.name : var.context.name
    delimiter           = var.delimiter != null ? var.delimiter : var.context.delimiter
    attributes          = local.attributes_given
    tags                = merge(var.context.tags, var.tags)
    additional_tag_map  = merge(var.context.additional_tag_map, var.additional_tag_map)
    label_order         = var.label_order != null ? var.label_order : var.context.label_order
    regex_replace_chars = var.regex_replace_chars != null ? var.regex_replace_chars : var.context.regex_replace_chars
    id_length_limit     = var.id_length_limit != null ? var.id_length_limit : var.context.id_length_limit
    label_key_case      = var.label_key_case != null ? var.label_key_case : lookup(var.context, "label_key_case", null)
    label_value_case    = local.value_case_given
  }
  texts_given = {
    namespace   = local.given.namespace
    environment = local.given.environment
    stage       = local.given.stage
    name        = local.given.name
  }
}
