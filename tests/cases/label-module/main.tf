variable "enabled" { type = bool }
variable "namespace" { type = string }
variable "name" { type = string }
module "label" {
  source    = "./label"
  enabled   = var.enabled
  namespace = var.namespace
  name      = var.name
}
resource "aws_iam_user" "default" {
  count = module.label.enabled ? 1 : 0
  name  = module.label.id
}
resource "aws_iam_access_key" "default" {
  count = module.label.enabled ? 1 : 0
  user  = join("", aws_iam_user.default.*.name)
}
