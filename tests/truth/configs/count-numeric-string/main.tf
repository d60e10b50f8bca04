resource "aws_iam_access_key" "k" {
  count = "2"
  user  = "u${count.index}"
}
