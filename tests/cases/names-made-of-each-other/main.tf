variable "users" {
  type     = set(string)
  nullable = false
}
variable "list" {
  type     = list(string)
  nullable = false
}
resource "aws_iam_access_key" "k0" {
  for_each = var.users
  user     = each.key
  status   = "Inactive"
}
resource "aws_iam_access_key" "k1" {
  for_each = { for u in var.list : u => u... }
  user     = each.key
}
resource "aws_iam_access_key" "k2" {
  for_each = var.users
  user     = "svc-${each.key}"
}
