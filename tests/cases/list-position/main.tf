variable "l" { type = list(string) }
resource "aws_iam_access_key" "k" {
  count = index(var.l, "zed")
  user  = "a"
}
