variable "users" { type = map(object({ name = string })) }
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = each.value.name
}
