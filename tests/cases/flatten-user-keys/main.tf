variable "users" {
  type = map(object({
    keys = optional(map(object({
      status = optional(string, "Active")
    })), {})
  }))
}
locals {
  keys = merge([
    for user, conf in var.users : {
      for key, k in conf.keys : "${user}:${key}" => { user = user, status = k.status }
    }
  ]...)
}
resource "aws_iam_user" "this" {
  for_each = var.users
  name     = each.key
}
resource "aws_iam_access_key" "this" {
  for_each = local.keys
  user     = aws_iam_user.this[each.value.user].name
  status   = each.value.status
}
