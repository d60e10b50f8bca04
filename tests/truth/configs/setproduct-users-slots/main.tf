variable "users" {
  type    = set(string)
  default = ["bob", "alice"]
}
locals {
  slots = { blue = "Active", green = "Inactive" }
}
resource "aws_iam_access_key" "k" {
  for_each = { for p in setproduct(var.users, keys(local.slots)) : join("/", p) => { user = p[0], slot = p[1] } }
  user     = each.value.user
  status   = local.slots[each.value.slot]
}
