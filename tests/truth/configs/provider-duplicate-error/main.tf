provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  region = "eu-west-1"
}
resource "aws_iam_access_key" "k" { user = "alice" }
