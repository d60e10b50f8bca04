resource "aws_iam_access_key" "k" {
  status = "Active"
}
