variable "pgp" { type = string }
resource "aws_iam_access_key" "plain" {
  count = var.pgp == null ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "crypt" {
  count = var.pgp != null ? 1 : 0
  user  = "ci"
}
