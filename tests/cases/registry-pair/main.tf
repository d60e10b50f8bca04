variable "name" { type = string }
variable "pgp_key" { type = string }
variable "create" { type = bool }
module "iam_user" {
  source                = "./iam-user"
  name                  = var.name
  pgp_key               = var.pgp_key
  create_iam_access_key = var.create
}
