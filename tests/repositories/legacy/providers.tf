provider "aws" {
  region  = "${var.region}"
  profile = "main"
}

provider "aws" {
  alias   = "virginia"
  region  = "us-east-1"
  profile = "main"
}

provider "aws" {
  alias   = "payer"
  region  = "us-east-1"
  profile = "payer"
}
