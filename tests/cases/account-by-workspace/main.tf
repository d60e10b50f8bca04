provider "aws" {
  alias = "a"
  assume_role {
    role_arn = "arn:aws:iam::${terraform.workspace == "prod" ? "111111111111" : "222222222222"}:role/r"
  }
}
provider "aws" {
  alias = "b"
  assume_role {
    role_arn = "arn:aws:iam::${terraform.workspace == "prod" ? "222222222222" : "111111111111"}:role/r"
  }
}

resource "aws_iam_access_key" "a" {
  provider = aws.a
  user     = "ci"
}
resource "aws_iam_access_key" "b" {
  provider = aws.b
  user     = "ci"
}
