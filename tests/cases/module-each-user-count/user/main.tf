variable "name" { type = string }
variable "keys" { type = number }
resource "aws_iam_user" "this" { name = var.name }
resource "aws_iam_access_key" "this" {
  count = var.keys
  user  = aws_iam_user.this.name
}
