locals {
  enabled    = local.given.enabled
  chars      = coalesce(local.given.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  delimiter  = local.given.delimiter == null ? "-" : local.given.delimiter
  value_case = local.given.label_value_case == null ? "lower" : local.given.label_value_case
  order = coalescelist(
    local.given.label_order == null ? [] : local.given.label_order,
    ["namespace", "environment", "stage", "name", "attributes"],
  )

  # Every word and attribute without the characters that are not wanted, then all in one case.
  plain = merge(
    { for key, text in local.texts_given : key => [text == null ? "" : replace(text, local.chars, "")] },
    { attributes = compact(distinct([for text in local.given.attributes : replace(text, local.chars, "")])) },
  )
  cased = {
    for key, texts in local.plain : key => [
      for text in texts : (
        local.value_case == "none" ? text :
        local.value_case == "title" ? title(lower(text)) :
        local.value_case == "upper" ? upper(text) : lower(text)
      )
    ]
  }
  attributes = compact(distinct(local.cased["attributes"]))
  words = merge(
    { for key, texts in local.cased : key => join("", texts) if key != "attributes" },
    { attributes = join(local.delimiter, local.attributes) },
  )

  id_full = join(local.delimiter, compact([for key in local.order : local.words[key]]))
  limit   = local.given.id_length_limit == null ? 0 : local.given.id_length_limit
  room    = local.limit - 5 - length(local.delimiter)
  head    = local.room <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}"
  digest  = "${md5(local.id_full)}qrstuvwxyz"
  tail = replace(
    (
      local.value_case == "title" ? title(local.digest) :
      local.value_case == "upper" ? upper(local.digest) :
      local.value_case == "lower" ? lower(local.digest) : local.digest
    ),
    local.chars,
    "",
  )
  short = substr("${local.head}${local.tail}", 0, local.limit)
  id    = local.limit != 0 && length(local.id_full) > local.limit ? local.short : local.id_full
}

output "attributes" {
  value = local.enabled ? local.attributes : []
}
