resource "terraform_data" "t" {}
provider "aws" {
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::${terraform_data.t.id}:role/x"
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
