variable "a" { type = string }
variable "b" { type = string }
resource "aws_iam_user" "a" { name = var.a }
resource "aws_iam_user" "b" { name = var.b }
resource "aws_iam_access_key" "a" { user = aws_iam_user.a.name }
resource "aws_iam_access_key" "b" { user = aws_iam_user.b.name }
