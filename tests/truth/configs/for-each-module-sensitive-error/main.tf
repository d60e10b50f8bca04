variable "users" {
  type      = set(string)
  default   = ["alice"]
  sensitive = true
}
module "m" {
  source   = "./m"
  for_each = var.users
  name     = each.key
}
