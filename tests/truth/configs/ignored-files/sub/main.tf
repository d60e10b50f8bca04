resource "aws_iam_access_key" "sub" { user = "alice" }
