provider "aws" {
  region  = "us-east-1"
  profile = terraform.workspace == "default" ? "sandbox" : terraform.workspace
}
resource "aws_iam_access_key" "k" { user = "ci-${terraform.workspace}" }
