provider "aws" {
  region  = "eu-west-1"
  profile = "prod"
}
resource "aws_iam_access_key" "k" { user = "alice" }
