variable "existing" { default = "" }
resource "aws_iam_user" "new" {
  count = var.existing == "" ? 1 : 0
  name  = "made"
}
locals {
  user = var.existing == "" ? aws_iam_user.new[0].name : var.existing
}
resource "aws_iam_access_key" "k" { user = local.user }
