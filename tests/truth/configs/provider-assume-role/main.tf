variable "account" { default = "111122223333" }
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/deploy"
  }
}
provider "aws" {
  alias  = "same"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/other"
  }
}
resource "aws_iam_access_key" "a" { user = "deploy" }
resource "aws_iam_access_key" "b" {
  provider = aws.same
  user     = "deploy"
}
