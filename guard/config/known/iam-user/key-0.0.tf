resource "aws_iam_access_key" "this" {
  count = var.create_user && var.create_iam_access_key ? 1 : 0
  user  = aws_iam_user.this[0].name
}
