variable "users" { type = set(string) }
variable "legacy" { type = set(string) }
resource "aws_iam_access_key" "on" {
  for_each = toset([for u in var.users : u if !contains(var.legacy, u)])
  user     = each.key
}
resource "aws_iam_access_key" "off" {
  for_each = toset([for u in var.users : u if contains(var.legacy, u)])
  user     = each.key
}
