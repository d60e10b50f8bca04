terraform {
  backend "s3" {
    bucket = "acme-terraform-stage"
    key    = "platform/terraform.tfstate"
    region = "eu-west-1"
  }
}
