locals {
  enabled   = local.given.enabled
  chars     = coalesce(local.given.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  delimiter = local.given.delimiter == null ? "-" : local.given.delimiter
  order = coalescelist(
    local.given.label_order == null ? [] : local.given.label_order,
    ["namespace", "environment", "stage", "name", "attributes"],
  )
  words = {
    namespace   = lower(replace(coalesce(local.given.namespace, "\t"), local.chars, ""))
    environment = lower(replace(coalesce(local.given.environment, "\t"), local.chars, ""))
    stage       = lower(replace(coalesce(local.given.stage, "\t"), local.chars, ""))
    name        = lower(replace(coalesce(local.given.name, "\t"), local.chars, ""))
    attributes  = lower(replace(join(local.delimiter, local.given.attributes), local.chars, ""))
  }
  id_full = lower(join(local.delimiter, compact([for key in local.order : local.words[key]])))
  limit   = local.given.id_length_limit == null ? 0 : local.given.id_length_limit
  room    = local.limit - 5 - length(local.delimiter)
  head    = local.room <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}"
  short   = substr("${local.head}${md5(local.id_full)}", 0, local.limit)
  id      = local.limit != 0 && length(local.id_full) > local.limit ? local.short : local.id_full
}

output "attributes" {
  value = local.enabled ? local.given.attributes : []
}
