variable "users" {
  type = map(object({
    keys = optional(map(object({
      status = optional(string, "Active")
    })), {})
  }))
}
locals {
  keys = flatten([
    for user, conf in var.users : [
      for key, k in conf.keys : { id = "${user}:${key}", user = user, status = k.status }
    ]
  ])
}
resource "aws_iam_access_key" "this" {
  for_each = { for k in local.keys : k.id => k }
  user     = each.value.user
  status   = each.value.status
}
