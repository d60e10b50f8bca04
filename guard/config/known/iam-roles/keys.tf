locals {
  user_access_keys = flatten([
    for user in var.users : [
      for key in user.access_keys : { id = "${user.name}:${key.name}", status = key.status }
    ]
  ])
}

resource "aws_iam_user" "users" {
  for_each = { for user in var.users : user.name => user }
  name     = each.key
}

resource "aws_iam_access_key" "access_key" {
  for_each = { for key in local.user_access_keys : key.id => key.status }
  user     = split(":", each.key)[0]
  status   = each.value
}
