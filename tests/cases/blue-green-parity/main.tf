variable "generation" { type = number }
locals {
  even = var.generation % 2 == 0
}
resource "aws_iam_access_key" "even" {
  user   = "deploy"
  status = local.even ? "Active" : "Inactive"
}
resource "aws_iam_access_key" "odd" {
  user   = "deploy"
  status = local.even ? "Inactive" : "Active"
}
