variable "create" { type = bool }

resource "aws_iam_user" "ci" {
  count = var.create ? 1 : 0
  name  = "ci"
}
data "aws_iam_user" "ci" {
  count     = var.create ? 0 : 1
  user_name = "ci"
}
locals {
  name = try(aws_iam_user.ci[0].name, data.aws_iam_user.ci[0].user_name)
}

resource "aws_iam_access_key" "ci" {
  user = local.name
}
resource "aws_iam_access_key" "of_existing" {
  count = var.create ? 0 : 1
  user  = local.name
}
