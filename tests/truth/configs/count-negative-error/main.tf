resource "aws_iam_access_key" "k" {
  count = 1 - 2
  user  = "alice"
}
