variable "users" { type = map(object({ create_key = optional(bool, true) })) }
module "user" {
  for_each   = var.users
  source     = "./user"
  name       = each.key
  create_key = each.value.create_key
}
