resource "aws_iam_access_key" "k" {
  count = true
  user  = "alice"
}
