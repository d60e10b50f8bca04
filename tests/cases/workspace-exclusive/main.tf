locals {
  prod = terraform.workspace == "prod"
}
resource "aws_iam_access_key" "prod" {
  count = local.prod ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "other" {
  count = local.prod ? 0 : 1
  user  = "ci"
}
