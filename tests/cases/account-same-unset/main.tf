variable "account" { type = string }
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/ci"
  }
}
provider "aws" {
  alias  = "eu"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/ci"
  }
}
resource "aws_iam_access_key" "a" { user = "ci" }
resource "aws_iam_access_key" "b" {
  provider = aws.eu
  user     = "ci"
}
