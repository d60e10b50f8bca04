variable "config" { type = any }
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  count = try(var.config.second, false) ? 1 : 0
  user  = "ci"
}
