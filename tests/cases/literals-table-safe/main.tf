variable "env" { type = string }
locals {
  keys = { dev = 0, prod = 1 }
}
resource "aws_iam_access_key" "this" {
  count = local.keys[var.env]
  user  = "ci"
}
