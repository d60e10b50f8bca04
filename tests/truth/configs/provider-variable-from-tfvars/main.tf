variable "accounts" { type = map(string) }
variable "env" {}
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = format("arn:aws:iam::%s:role/ci", var.accounts[var.env])
  }
}
resource "aws_iam_access_key" "k" { user = "ci" }
