variable "s" { type = string }
resource "aws_iam_access_key" "k1" {
  count = tonumber(var.s)
  user = var.s
}
resource "aws_iam_access_key" "k2" {
  user = "01"
}
