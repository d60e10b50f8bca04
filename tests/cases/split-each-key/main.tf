variable "keys" { type = set(string) }
resource "aws_iam_access_key" "this" {
  for_each = var.keys
  user     = split(":", each.key)[0]
}
