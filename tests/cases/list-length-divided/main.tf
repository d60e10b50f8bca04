variable "l" { type = list(string) }
resource "aws_iam_access_key" "k" {
  count = floor(length(var.l) / 3)
  user  = "u"
}
