resource "aws_iam_access_key" "a" { user = "alice" }
resource "aws_iam_access_key" "b" { user = aws_iam_access_key.a.user }
resource "aws_iam_access_key" "c" {
  user   = "bob"
  status = aws_iam_access_key.b.status
}
