variable "users" { type = set(string) }
resource "aws_iam_user" "this" {
  for_each = var.users
  name     = "svc-${each.key}"
}
resource "aws_iam_access_key" "this" {
  for_each = var.users
  user     = aws_iam_user.this[each.key].name
}
