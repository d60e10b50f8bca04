provider "aws" {
  region  = "us-east-1"
  profile = "root"
}
module "own" {
  source  = "./own"
  profile = "customer"
}
resource "aws_iam_access_key" "k" { user = "deploy" }
