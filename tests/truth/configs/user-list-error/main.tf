resource "aws_iam_user" "u" {
  count = 1
  name  = "alice"
}
resource "aws_iam_access_key" "k" { user = aws_iam_user.u[*].name }
