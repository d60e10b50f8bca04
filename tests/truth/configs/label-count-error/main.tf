resource "aws_iam_access_key" { user = "alice" }
