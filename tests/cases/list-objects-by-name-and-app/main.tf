variable "grants" { type = list(object({ name = string, app = string })) }
resource "aws_iam_access_key" "this" {
  for_each = { for g in var.grants : "${g.name}/${g.app}" => g }
  user     = each.value.name
}
