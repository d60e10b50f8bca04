locals {
  users = { default = ["alice"], prod = ["alice", "bob"] }
}
resource "aws_iam_access_key" "k" {
  for_each = toset(local.users[terraform.workspace])
  user     = each.key
}
