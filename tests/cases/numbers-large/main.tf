variable "n" { type = number }
resource "aws_iam_access_key" "k" {
  count = var.n > 5000 ? 2 : 1
  user  = "a"
}
