variable "create" {
  type    = bool
  default = true
}
variable "create_user" {
  type    = bool
  default = true
}
variable "create_iam_access_key" {
  type    = bool
  default = true
}
variable "iam_access_key_status" {
  type    = string
  default = null
}
variable "name" { type = string }
variable "pgp_key" {
  type    = string
  default = ""
}
locals {
  create_user = var.create && var.create_user
}
resource "aws_iam_user" "this" {
  count = local.create_user ? 1 : 0
  name  = var.name
}
resource "aws_iam_access_key" "this" {
  count   = local.create_user && var.create_iam_access_key && var.pgp_key != "" ? 1 : 0
  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
  status  = var.iam_access_key_status
}
resource "aws_iam_access_key" "this_no_pgp" {
  count  = local.create_user && var.create_iam_access_key && var.pgp_key == "" ? 1 : 0
  user   = aws_iam_user.this[0].name
  status = var.iam_access_key_status
}
output "iam_user_name" { value = try(aws_iam_user.this[0].name, "") }
output "iam_user_id" { value = try(aws_iam_user.this[0].id, "") }
