variable "l" { type = set(string) }
resource "aws_iam_access_key" "k" {
  for_each = var.l
  user     = lower(each.value)
}
