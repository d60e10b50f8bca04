locals {
  attributes_given = compact(distinct(concat(
    coalesce(var.context.attributes, []),
    coalesce(var.attributes, []),
  )))
}
