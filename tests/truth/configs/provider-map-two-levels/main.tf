provider "aws" {
  region  = "us-east-1"
  profile = "top"
}
provider "aws" {
  alias   = "prod"
  region  = "us-east-1"
  profile = "prod"
}
module "a" {
  source    = "./a"
  providers = { aws.target = aws.prod }
}
