variable "n" { type = number }
resource "aws_iam_access_key" "least" {
  count = min(var.n, 1)
  user  = "a"
}
resource "aws_iam_access_key" "sign" {
  count = signum(var.n)
  user  = "b"
}
resource "aws_iam_access_key" "rest" {
  count = var.n % 2
  user  = "c"
}
