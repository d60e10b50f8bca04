provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${local.accounts.prod}:role/terraform"
  }
}

provider "aws" {
  alias  = "audit"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${local.accounts.audit}:role/terraform"
  }
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"

  assume_role {
    role_arn = "arn:aws:iam::${local.accounts.prod}:role/terraform"
  }
}
