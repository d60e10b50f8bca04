variable "users" { type = set(string) }

resource "aws_iam_access_key" "this" {
  for_each = var.users
  user     = "svc-${md5(each.key)}"
}
