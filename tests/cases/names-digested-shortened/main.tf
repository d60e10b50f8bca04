variable "users" { type = set(string) }

resource "aws_iam_access_key" "this" {
  for_each = var.users
  user     = "svc-${substr(md5(each.key), 0, 2)}"
}
