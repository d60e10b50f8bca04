variable "name" { type = string }
locals {
  by_name = { (var.name) = { status = "Inactive" } }
}
resource "aws_iam_access_key" "first" {
  user = "ci"
}
resource "aws_iam_access_key" "second" {
  user   = "ci"
  status = try(local.by_name.old.status, "Active")
}
