variable "users" { type = map(number) }
module "user" {
  for_each = var.users
  source   = "./user"
  name     = each.key
  keys     = each.value
}
