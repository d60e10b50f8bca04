variable "n" { type = number }
resource "aws_iam_access_key" "a" {
  count = var.n >= 10 ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "b" {
  count = var.n < 5 ? 1 : 0
  user  = "ci"
}
