locals {
  a = "x"
}
locals {
  a = "y"
}
resource "aws_iam_access_key" "k" { user = local.a }
