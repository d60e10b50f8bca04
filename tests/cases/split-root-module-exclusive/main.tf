variable "module_key" { type = bool }
module "user" {
  source     = "./user"
  create_key = var.module_key
}
resource "aws_iam_access_key" "root" {
  count = var.module_key ? 0 : 1
  user  = module.user.name
}
