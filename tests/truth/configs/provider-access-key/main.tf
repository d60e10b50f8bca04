provider "aws" {
  region     = "us-east-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "x"
}
resource "aws_iam_access_key" "k" { user = "alice" }
