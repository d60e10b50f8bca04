resource "aws_iam_access_key" "ghost" {
  count = 2
  user  = "ghost"
}
