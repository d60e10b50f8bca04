resource "aws_iam_user" "u" {
  name = "alice"
  path = "/ops/"
  tags = { team = "red" }
}
resource "aws_iam_access_key" "a" { user = aws_iam_user.u.tags.team }
resource "aws_iam_access_key" "b" { user = trim(aws_iam_user.u.path, "/") }
resource "aws_iam_access_key" "c" { user = aws_iam_user.u.tags["team"] }
