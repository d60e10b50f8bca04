variable "create_iam_access_key" {
  type    = bool
  default = true
}
variable "name" { type = string }
variable "pgp_key" {
  type    = string
  default = ""
}
resource "aws_iam_user" "this" {
  count = 1
  name  = var.name
}
resource "aws_iam_access_key" "this" {
  count   = var.create_iam_access_key && var.pgp_key != "" ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
}
resource "aws_iam_access_key" "this_no_pgp" {
  count = var.create_iam_access_key ? 1 : 0
  user  = aws_iam_user.this[0].name
}
