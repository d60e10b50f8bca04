variable "c" { type = any }
resource "aws_iam_access_key" "k" {
  for_each = { for k, v in var.c : k => v if can(v.user) }
  user     = each.value.user
}
