provider "aws" {
  region  = "us-east-1"
  profile = "main"
}
provider "aws" {
  alias   = "dns"
  region  = "us-east-1"
  profile = "dns"
}
module "m" {
  source    = "./m"
  providers = { aws = aws, aws.dns = aws.dns }
}
