variable "env" { type = string }
resource "aws_iam_access_key" "a" { user = "app-${var.env}" }
resource "aws_iam_access_key" "b" { user = "app-prod" }
