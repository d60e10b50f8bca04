resource "aws_iam_access_key" "k" {
  for_each = toset(["a", null])
  user     = each.key
}
