variable "name" { type = string }
module "user" {
  source = "./user"
  name   = var.name
}
resource "aws_iam_access_key" "second" { user = module.user.name }
