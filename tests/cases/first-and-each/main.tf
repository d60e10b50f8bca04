variable "users" { type = list(string) }
resource "aws_iam_access_key" "first" { user = var.users[0] }
resource "aws_iam_access_key" "each" {
  for_each = toset(var.users)
  user     = each.key
}
