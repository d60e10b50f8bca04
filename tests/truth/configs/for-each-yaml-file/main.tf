locals {
  config = yamldecode(file("${path.module}/users.yaml"))
}
resource "aws_iam_access_key" "this" {
  for_each = { for u in local.config.users : u.name => u }
  user     = each.key
  status   = lookup(each.value, "active", true) ? "Active" : "Inactive"
}
