locals {
  attributes_given = compact(distinct(concat(var.attributes, var.context.attributes)))
}
