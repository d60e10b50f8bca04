variable "second" {
  type     = string
  nullable = false
}
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  count = var.second == null ? 1 : 0
  user  = "ci"
}
