variable "users" { type = list(string) }
locals {
  users = distinct(var.users)
}
resource "aws_iam_access_key" "this" {
  count = length(local.users)
  user  = local.users[count.index]
}
