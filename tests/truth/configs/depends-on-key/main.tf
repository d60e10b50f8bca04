resource "aws_iam_user" "u" { name = "alice" }
resource "aws_iam_access_key" "a" {
  user       = "alice"
  depends_on = [aws_iam_user.u]
}
resource "aws_iam_access_key" "b" {
  user       = "alice"
  status     = "Inactive"
  depends_on = [aws_iam_access_key.a]
}
