resource "aws_iam_user" "u" {
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "aws_iam_access_key" "k" {
  for_each = { for n, u in aws_iam_user.u : n => u.id }
  user     = each.value
}
