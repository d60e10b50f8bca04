provider "aws" {
  region  = "eu-west-1"
  profile = "acme-dev"

  default_tags {
    tags = { Environment = var.environment }
  }
}
