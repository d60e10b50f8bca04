resource "aws_iam_access_key" "k" {
  for_each = "alice"
  user     = each.key
}
