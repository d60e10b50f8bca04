variable "u" { type = list(string) }
resource "aws_iam_access_key" "k" {
  count = length(var.u) > 12 ? 2 : 1
  user  = "a"
}
