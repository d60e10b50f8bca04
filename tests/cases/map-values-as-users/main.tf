variable "keys" { type = map(string) }
resource "aws_iam_access_key" "this" {
  for_each = var.keys
  user     = each.value
}
