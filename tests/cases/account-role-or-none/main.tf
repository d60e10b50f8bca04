variable "x" { type = string }
provider "aws" {
  alias = "a"
  assume_role {
    role_arn = var.x
  }
}
provider "aws" {
  alias = "b"

}

resource "aws_iam_access_key" "a" {
  provider = aws.a
  user     = "ci"
}
resource "aws_iam_access_key" "b" {
  provider = aws.b
  user     = "ci"
}
