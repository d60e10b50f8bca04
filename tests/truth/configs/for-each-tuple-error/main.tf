resource "aws_iam_access_key" "k" {
  for_each = ["a", "b"]
  user     = each.key
}
