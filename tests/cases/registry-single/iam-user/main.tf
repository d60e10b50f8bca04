variable "create" {
  type    = bool
  default = true
}
variable "create_access_key" {
  type    = bool
  default = true
}
variable "name" { type = string }
resource "aws_iam_user" "this" {
  count = var.create ? 1 : 0
  name  = var.name
}
resource "aws_iam_access_key" "this" {
  count = var.create && var.create_access_key ? 1 : 0
  user  = aws_iam_user.this[0].name
}
moved {
  from = aws_iam_access_key.this_no_pgp
  to   = aws_iam_access_key.this
}
