variable "name" { type = string }
resource "aws_iam_user" "this" { name = var.name }
resource "aws_iam_access_key" "a" { user = aws_iam_user.this.id }
resource "aws_iam_access_key" "b" { user = aws_iam_user.this.name }
