variable "n" { type = number }
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = "alice"
}
