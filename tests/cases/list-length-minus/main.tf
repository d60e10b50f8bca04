variable "l" { type = list(string) }
resource "aws_iam_access_key" "k" {
  count = max(0, length(var.l) - 5)
  user  = "u"
}
