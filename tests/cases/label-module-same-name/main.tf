variable "namespace" { type = string }
module "one" {
  source    = "./label"
  namespace = var.namespace
  name      = "ci"
}
module "two" {
  source    = "./label"
  namespace = var.namespace
  name      = "ci"
}
resource "aws_iam_access_key" "one" { user = module.one.id }
resource "aws_iam_access_key" "two" { user = module.two.id }
