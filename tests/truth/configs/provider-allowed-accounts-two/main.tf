provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["444455556666", "123456789012"]
}
resource "aws_iam_access_key" "k" { user = "alice" }
