variable "p" { default = "aws" }
provider "aws" {
  region = "us-east-1"
}
resource "aws_iam_access_key" "k" {
  provider = var.p
  user     = "alice"
}
