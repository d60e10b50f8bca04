variable "name" { type = string }
variable "create_access_key" { type = bool }
module "iam_user" {
  source            = "./iam-user"
  name              = var.name
  create_access_key = var.create_access_key
}
