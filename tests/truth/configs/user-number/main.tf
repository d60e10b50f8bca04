resource "aws_iam_access_key" "k" { user = 42 }
resource "aws_iam_access_key" "b" { user = true }
