variable "members" { type = list(string) }
variable "prefix" {}
module "member" {
  for_each = toset(var.members)
  source   = "../member"
  name     = "${var.prefix}-${each.key}"
}
resource "aws_iam_access_key" "shared" {
  count = length(var.members) > 1 ? 1 : 0
  user  = module.member[var.members[0]].name
}
