variable "create_key" { type = bool }
resource "aws_iam_user" "this" { name = "ci" }
resource "aws_iam_access_key" "this" {
  count = var.create_key ? 1 : 0
  user  = aws_iam_user.this.name
}
output "name" { value = aws_iam_user.this.name }
