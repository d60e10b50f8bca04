variable "users" { type = list(string) }
resource "aws_iam_access_key" "k" {
  for_each = toset(var.users)
  user     = each.key
}
