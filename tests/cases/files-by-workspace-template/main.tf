locals {
  config = yamldecode(templatefile("${path.module}/config/${terraform.workspace}.yaml", { user = "ann" }))
}
resource "aws_iam_access_key" "each" {
  for_each = toset(local.config.users)
  user     = each.key
}
resource "aws_iam_access_key" "ann" {
  user   = "ann"
  status = local.config.ann
}
