provider "aws" {
  region  = "us-east-1"
  profile = "root"
}
provider "aws" {
  alias   = "other"
  region  = "us-east-1"
  profile = "other"
}
module "swapped" {
  source    = "./m"
  providers = { aws = aws.other, aws.second = aws }
}
module "straight" {
  source    = "./m"
  providers = { aws = aws, aws.second = aws.other }
}
