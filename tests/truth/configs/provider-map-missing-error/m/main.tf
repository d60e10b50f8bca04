terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.second]
    }
  }
}
resource "aws_iam_access_key" "second" {
  provider = aws.second
  user     = "deploy"
}
