variable "team" { type = string }
variable "users" { type = set(string) }
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = "${var.team}-${each.key}"
}
