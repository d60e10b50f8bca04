variable "x" { type = string }
provider "aws" {
  alias = "a"
  assume_role { role_arn = "arn:aws:iam::${var.x}:role/r" }
}
provider "aws" {
  alias = "b"
  assume_role { role_arn = "arn:aws:iam::${var.x}:role/other" }
}
resource "aws_iam_access_key" "a" {
  provider = aws.a
  user     = "ci"
}
resource "aws_iam_access_key" "b" {
  provider = aws.b
  user     = "ci"
}
