resource "aws_iam_access_key" "k" {
  count = 1.5
  user  = "alice"
}
