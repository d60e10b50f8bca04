terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.target]
    }
  }
}
module "b" {
  source    = "../b"
  providers = { aws = aws.target }
}
resource "aws_iam_access_key" "default" { user = "deploy" }
resource "aws_iam_access_key" "target" {
  provider = aws.target
  user     = "deploy"
}
