variable "profile" {}
provider "aws" {
  region  = "us-east-1"
  profile = var.profile
}
resource "aws_iam_access_key" "k" { user = "deploy" }
module "deeper" {
  source = "../deeper"
}
