provider "aws" {
  region  = "us-east-1"
  profile = "top"
}
module "a" {
  source = "./a"
}
