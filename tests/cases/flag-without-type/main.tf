variable "on" {}
resource "aws_iam_access_key" "k1" {
  count = var.on ? 2 : 0
  user = "a"
}
