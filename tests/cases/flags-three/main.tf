variable "a" { type = bool }
variable "b" { type = bool }
variable "c" { type = bool }
resource "aws_iam_access_key" "one" {
  count  = var.a && var.b ? 1 : 0
  user   = "ci"
  status = var.c ? "Active" : "Inactive"
}
resource "aws_iam_access_key" "two" {
  count = var.c ? 1 : 0
  user  = "ci"
}
