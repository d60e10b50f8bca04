variable "teams" { type = map(list(string)) }
locals {
  pairs = flatten([for t, us in var.teams : [for u in us : { t = t, u = u }]])
}
resource "aws_iam_access_key" "k" {
  for_each = { for p in local.pairs : "${p.t}/${p.u}" => p.u }
  user     = each.value
}
