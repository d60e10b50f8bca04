variable "region" {
  type = string
  validation {
    condition     = contains(["eu", "us"], var.region)
    error_message = "Name one that there is."
  }
}
locals {
  config = yamldecode(file("${path.module}/config/${var.region}/${terraform.workspace}.yaml"))
}
resource "aws_iam_access_key" "each" {
  for_each = toset(local.config.users)
  user     = each.key
}
resource "aws_iam_access_key" "ann" {
  user   = "ann"
  status = local.config.ann
}
