variable "env" { type = string }

variable "users" { type = set(string) }

resource "aws_iam_user" "ci" { name = "ci-${var.env}" }

resource "aws_iam_access_key" "ci" { user = aws_iam_user.ci.name }

resource "aws_iam_user" "service" {
  for_each = var.users
  name     = "${var.env}-${each.key}"
}

resource "aws_iam_access_key" "service" {
  for_each = var.users
  user     = aws_iam_user.service[each.key].name
}
