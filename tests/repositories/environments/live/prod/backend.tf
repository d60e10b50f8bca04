terraform {
  backend "s3" {
    bucket = "acme-terraform-prod"
    key    = "platform/terraform.tfstate"
    region = "eu-west-1"
  }
}
