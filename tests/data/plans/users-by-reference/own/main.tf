variable "role" {
}
provider "aws" {
  assume_role {
    role_arn = var.role
  }
}
resource "aws_iam_access_key" "k" {
  user = "literal"
}
