variable "x" { type = number }
resource "aws_iam_access_key" "k" {
  count = var.x > 3 ? 3 : 2
  user  = "u${count.index}"
}
