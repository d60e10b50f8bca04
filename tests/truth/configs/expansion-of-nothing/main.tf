variable "users" {
  type    = map(object({ key = bool }))
  default = {}
}
resource "aws_iam_access_key" "a" {
  for_each = { for k, v in var.users : k => v if v.key }
  user     = each.key
}
resource "aws_iam_access_key" "b" {
  for_each = toset([])
  user     = each.key
}
resource "aws_iam_access_key" "c" {
  count = length(var.users)
  user  = "c"
}
resource "aws_iam_access_key" "d" { user = "d" }
