import {
  to = aws_iam_access_key.k
  id = "AKIAIOSFODNN7EXAMPLE"
}
resource "aws_iam_access_key" "other" { user = "alice" }
