resource "terraform_data" "suffix" {}
resource "aws_iam_access_key" "a" { user = "ci-${terraform_data.suffix.id}" }
resource "aws_iam_access_key" "b" { user = "ci-x" }
