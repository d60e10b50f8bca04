provider "aws" {
  region  = "us-east-1"
  profile = "base"
}
resource "aws_iam_access_key" "k" { user = "alice" }
