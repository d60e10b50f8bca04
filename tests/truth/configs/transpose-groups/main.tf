locals {
  groups  = { admins = ["alice", "bob"], ops = ["bob"] }
  by_user = transpose(local.groups)
}
resource "aws_iam_access_key" "k" {
  for_each = { for u, g in local.by_user : u => g if contains(g, "ops") }
  user     = each.key
}
