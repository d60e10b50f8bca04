locals {
  first = "${local.second}-x"
}
resource "aws_iam_access_key" "k" { user = local.first }
