variable "n" { type = number }
resource "aws_iam_access_key" "k" {
  count = var.n > 0 && var.n < 1 ? 2 : 1
  user  = "a"
}
