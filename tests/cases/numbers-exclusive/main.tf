variable "n" { type = number }
resource "aws_iam_access_key" "high" {
  count = var.n > 5 ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "low" {
  count = var.n <= 5 ? 1 : 0
  user  = "ci"
}
