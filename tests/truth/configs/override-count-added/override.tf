resource "aws_iam_access_key" "k" {
  count = 2
}
