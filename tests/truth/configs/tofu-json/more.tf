resource "aws_iam_access_key" "more" { user = "more" }
