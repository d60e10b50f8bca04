variable "n" {}
resource "aws_iam_access_key" "k1" {
  count = var.n
  user = "a"
}
