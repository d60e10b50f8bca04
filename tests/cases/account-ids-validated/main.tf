variable "x" {
  type = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.x))
    error_message = "Id."
  }
}
variable "y" {
  type = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.y))
    error_message = "Id."
  }
}
provider "aws" {
  alias = "a"
  assume_role {
    role_arn = "arn:aws:iam::${var.x}:role/r"
  }
}
provider "aws" {
  alias = "b"
  assume_role {
    role_arn = "arn:aws:iam::${var.y}:role/r"
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
