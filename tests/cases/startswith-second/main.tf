variable "env" { type = string }
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  count = startswith(var.env, "prod") ? 1 : 0
  user  = "ci"
}
