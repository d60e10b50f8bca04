variable "names" { type = set(string) }
resource "aws_iam_user" "this" {
  for_each = var.names
  name     = each.key
}
resource "aws_iam_access_key" "a" {
  for_each = aws_iam_user.this
  user     = each.value.id
}
