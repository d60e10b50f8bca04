resource "aws_iam_access_key" "a" { user = "ci-${terraform.workspace}" }
resource "aws_iam_access_key" "b" { user = "ci-prod" }
