variable "name" { type = string }
variable "pgp_key" { type = string }
module "iam_user" {
  source  = "./iam-user"
  name    = var.name
  pgp_key = var.pgp_key
}
