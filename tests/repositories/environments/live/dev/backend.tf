terraform {
  backend "s3" {
    bucket = "acme-terraform-dev"
    key    = "platform/terraform.tfstate"
    region = "eu-west-1"
  }
}
