provider "aws" {
  alias = "dns"
}
resource "aws_iam_access_key" "a" { user = "ci" }
resource "aws_iam_access_key" "b" {
  provider = aws.dns
  user     = "ci"
}
