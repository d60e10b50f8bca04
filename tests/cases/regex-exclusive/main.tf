variable "env" { type = string }
resource "aws_iam_access_key" "prod" {
  count = can(regex("^prod", var.env)) ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "other" {
  count = can(regex("^prod", var.env)) ? 0 : 1
  user  = "ci"
}
