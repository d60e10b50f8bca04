resource "aws_iam_access_key" "k" { user = "alice" }
resources "aws_iam_access_key" "j" { user = "bob" }
