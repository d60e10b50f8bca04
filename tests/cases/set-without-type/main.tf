variable "users" {}
resource "aws_iam_access_key" "k1" {
  for_each = toset(var.users)
  user = each.key
}
resource "aws_iam_access_key" "k2" {
  for_each = toset(var.users)
  user = each.key
}
