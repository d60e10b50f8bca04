variable "env" { type = string }
resource "aws_iam_access_key" "a" {
  count = var.env != "prod" ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "b" {
  count = var.env != "dev" ? 1 : 0
  user  = "ci"
}
