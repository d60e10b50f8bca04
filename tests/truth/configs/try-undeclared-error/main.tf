resource "aws_iam_access_key" "k" {
  user = try("alice", var.user)
}
