variable "env" { type = string }
locals {
  user = { prod = "bob" }[var.env]
}
resource "aws_iam_access_key" "this" {
  for_each = toset([local.user])
  user     = each.key
  status   = "Inactive"
}
