variable "u" {
  type    = string
  default = "base"
}
locals {
  a = "one"
  b = "two"
}
resource "aws_iam_access_key" "k" { user = "${var.u}-${local.a}-${local.b}" }
