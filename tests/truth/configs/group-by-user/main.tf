variable "grants" {
  default = [
    { user = "alice", app = "x" },
    { user = "bob", app = "x" },
    { user = "alice", app = "y" },
  ]
}
locals {
  by_user = { for g in var.grants : g.user => g.app... }
}
resource "aws_iam_access_key" "one" {
  for_each = local.by_user
  user     = each.key
}
resource "aws_iam_access_key" "many" {
  for_each = { for u, apps in local.by_user : u => apps if length(apps) > 1 }
  user     = each.key
  status   = "Inactive"
}
