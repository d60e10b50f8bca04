variable "settings" { type = map(number) }
resource "aws_iam_access_key" "this" {
  count = lookup(var.settings, "keys", 1)
  user  = "ci"
}
