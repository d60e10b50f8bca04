resource "aws_iam_access_key" "k" {
  for_each = toset(["a"])
  user     = "u${count.index}"
}
