resource "aws_iam_access_key" "k" {
  count = 1
  user  = each.key
}
