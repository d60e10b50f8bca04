variable "l" { type = set(string) }
resource "aws_iam_access_key" "k" {
  count = contains(var.l, "a") && contains(var.l, "b") && contains(var.l, "c") ? 2 : 1
  user  = "u"
}
