variable "s" { type = set(string) }
resource "aws_iam_access_key" "k1" {
  count = length([for x in var.s : tonumber(x)])
  user = "n"
  status = "Inactive"
}
resource "aws_iam_access_key" "k2" {
  for_each = toset([for x in var.s : tostring(tonumber(x))])
  user = each.key
}
resource "aws_iam_access_key" "k3" {
  for_each = var.s
  user = each.key
}
