variable "on" { type = string }
resource "aws_iam_access_key" "k1" {
  count = tobool(var.on) ? 1 : 0
  user = "x${var.on}"
}
resource "aws_iam_access_key" "k2" {
  user = "x1"
}
