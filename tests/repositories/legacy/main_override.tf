resource "aws_iam_access_key" "virginia_bob" {
  status = "Active"
}
