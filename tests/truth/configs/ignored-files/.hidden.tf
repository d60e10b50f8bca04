resource "aws_iam_access_key" "hidden" { user = "alice" }
