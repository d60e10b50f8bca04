variable "user" { type = string }
resource "aws_iam_access_key" "a" { user = var.user }
resource "aws_iam_access_key" "b" { user = "alice" }
