variable "second" { type = string }
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  count = var.second == null ? 0 : 1
  user  = "ci"
}
