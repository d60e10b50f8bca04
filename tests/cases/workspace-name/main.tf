resource "aws_iam_access_key" "a" { user = "a-${terraform.workspace}" }
resource "aws_iam_access_key" "b" { user = "b-${terraform.workspace}" }
