locals {
  users = {
    alice = { keys = 2, status = "Active" }
    bob   = { keys = 1, status = "Inactive" }
  }
}
module "user" {
  for_each = local.users
  source   = "./m"
  name     = each.key
  keys     = each.value.keys
  status   = each.value.status
}
resource "aws_iam_access_key" "one" {
  user = module.user["bob"].name
}
