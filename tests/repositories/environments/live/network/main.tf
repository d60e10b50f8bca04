terraform {
  backend "s3" {
    bucket = "acme-terraform-prod"
    key    = "network/terraform.tfstate"
    region = "eu-west-1"
  }
}

module "vpc" {
  source = "../../modules/vpc"
  name   = "shared"
  cidr   = "10.8.0.0/16"
}
