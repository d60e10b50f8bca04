variable "role" {
  type    = string
  default = null
}
provider "aws" {
  region  = "us-east-1"
  profile = "base"
  assume_role {
    role_arn = var.role
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
