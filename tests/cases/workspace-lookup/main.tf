locals {
  second = { prod = "Inactive", stage = "Inactive" }
}
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  user   = "ci"
  status = lookup(local.second, terraform.workspace, "Active")
}
