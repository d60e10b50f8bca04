variable "env" { type = string }
locals {
  keys = { dev = 1, prod = 2 }
}
resource "aws_iam_access_key" "this" {
  count = local.keys[var.env]
  user  = "ci"
}
