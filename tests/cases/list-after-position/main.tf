variable "l" { type = list(string) }
resource "aws_iam_access_key" "k" {
  for_each = { for i, x in var.l : "k${i}" => x if i > 9 }
  user     = "u"
}
