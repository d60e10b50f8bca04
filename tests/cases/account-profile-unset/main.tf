variable "x" { type = string }
provider "aws" {
  alias   = "a"
  profile = var.x
}
provider "aws" {
  alias   = "b"
  profile = "dev"
}

resource "aws_iam_access_key" "a" {
  provider = aws.a
  user     = "ci"
}
resource "aws_iam_access_key" "b" {
  provider = aws.b
  user     = "ci"
}
