variable "f" {}
resource "aws_iam_access_key" "k1" {
  count = var.f ? 1 : 0
  user = "a${var.f}"
}
resource "aws_iam_access_key" "k2" {
  user = "a1"
}
