locals {
  config = yamldecode(file("${path.module}/config/${split("-", terraform.workspace)[0]}.yaml"))
}
resource "aws_iam_access_key" "each" {
  for_each = toset(local.config.users)
  user     = each.key
}
resource "aws_iam_access_key" "ann" {
  user   = "ann"
  status = local.config.ann
}
