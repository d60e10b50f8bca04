variable "a" { type = string }
variable "b" { type = string }
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.a}:role/ci"
  }
}
provider "aws" {
  alias  = "other"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.b}:role/ci"
  }
}
resource "aws_iam_access_key" "a" { user = "ci" }
resource "aws_iam_access_key" "b" {
  provider = aws.other
  user     = "ci"
}
