variable "users" {
  default = {
    alice = { keys = ["blue", "green"] }
    bob   = { keys = ["blue"] }
    carol = {}
  }
}
locals {
  pairs = flatten([
    for user, conf in var.users : [
      for key in try(conf.keys, []) : { user = user, key = key }
    ]
  ])
}
resource "aws_iam_user" "this" {
  for_each = var.users
  name     = each.key
}
resource "aws_iam_access_key" "this" {
  for_each = { for p in local.pairs : "${p.user}:${p.key}" => p }
  user     = aws_iam_user.this[each.value.user].name
}
