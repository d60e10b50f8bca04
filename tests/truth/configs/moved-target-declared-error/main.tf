moved {
  from = aws_iam_access_key.a
  to   = aws_iam_access_key.b
}
resource "aws_iam_access_key" "a" { user = "alice" }
resource "aws_iam_access_key" "b" { user = "alice" }
