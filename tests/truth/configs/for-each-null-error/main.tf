variable "users" {
  type    = set(string)
  default = null
}
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = each.key
}
