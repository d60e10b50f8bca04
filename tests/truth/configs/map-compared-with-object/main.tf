variable "m" {
  type    = map(string)
  default = {}
}
resource "aws_iam_access_key" "a" {
  count = var.m != {} ? 1 : 0
  user  = "alice"
}
resource "aws_iam_access_key" "b" {
  count = var.m == tomap({}) ? 1 : 0
  user  = "alice"
}
