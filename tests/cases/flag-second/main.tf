variable "second_key" { type = bool }
resource "aws_iam_access_key" "first" { user = "alice" }
resource "aws_iam_access_key" "second" {
  count = var.second_key ? 1 : 0
  user  = "alice"
}
