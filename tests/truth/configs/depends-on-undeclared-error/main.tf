resource "aws_iam_access_key" "a" {
  user       = "alice"
  depends_on = [aws_iam_user.nobody]
}
