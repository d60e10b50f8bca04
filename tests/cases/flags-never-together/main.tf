variable "a" { type = bool }
variable "b" { type = bool }
locals {
  only_a = var.a && !var.b
  only_b = !var.a && var.b
  both   = var.a && var.b
}
resource "aws_iam_access_key" "a" {
  count = local.only_a ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "b" {
  count = local.only_b ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "both" {
  count = local.both ? 1 : 0
  user  = "ci"
}
