locals {
  user = "shared"
}
resource "aws_iam_access_key" "a" { user = local.from_json }
