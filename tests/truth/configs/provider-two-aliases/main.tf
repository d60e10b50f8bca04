provider "aws" {
  region  = "us-east-1"
  profile = "one"
}
provider "aws" {
  alias   = "two"
  region  = "us-east-1"
  profile = "two"
}
resource "aws_iam_access_key" "a" { user = "deploy" }
resource "aws_iam_access_key" "b" {
  provider = aws.two
  user     = "deploy"
}
