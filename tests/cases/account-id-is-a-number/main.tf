variable "x" { type = number }
provider "aws" {
  alias               = "a"
  allowed_account_ids = [var.x]
}
provider "aws" {
  alias               = "b"
  allowed_account_ids = ["111111111111"]
}

resource "aws_iam_access_key" "a" {
  provider = aws.a
  user     = "ci"
}
resource "aws_iam_access_key" "b" {
  provider = aws.b
  user     = "ci"
}
