provider "aws" {
  region = "us-east-1"
}
resource "aws_iam_access_key" "k" { user = "deploy" }
