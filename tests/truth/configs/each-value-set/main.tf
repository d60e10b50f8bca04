resource "aws_iam_access_key" "k" {
  for_each = toset(["a", "b"])
  user     = "${each.key}-${each.value}"
}
