resource "aws_iam_access_key" "k" {
  for_each = { a = sensitive("alice"), b = "bob" }
  user     = each.value
}
