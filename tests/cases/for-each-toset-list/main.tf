variable "users" { type = list(string) }
resource "aws_iam_access_key" "this" {
  for_each = toset(var.users)
  user     = each.value
}
