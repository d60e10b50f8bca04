variable "n" { type = number }
resource "aws_iam_access_key" "this" {
  count = var.n
  user  = "ci"
}
