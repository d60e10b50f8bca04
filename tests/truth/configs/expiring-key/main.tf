terraform {
  required_providers {
    awsutils = {
      source = "cloudposse/awsutils"
    }
    aws = {
      source = "hashicorp/aws"
    }
  }
}
resource "aws_iam_user" "u" { name = "alice" }
resource "awsutils_expiring_iam_access_key" "k" {
  user    = aws_iam_user.u.name
  max_age = 86400
}
resource "aws_iam_access_key" "j" { user = "bob" }
