terraform {
  backend "s3" {
    key = "mail.tfstate"
  }
}

provider "aws" {
  region = "us-east-2"
}

variable "smtp_enabled" {
  type = bool
}

module "label" {
  source    = "../../modules/null-label"
  namespace = "eg"
  name      = "ses"
}

module "smtp" {
  source  = "../../modules/iam-system-user"
  enabled = var.smtp_enabled
  context = module.label.context
}

resource "aws_iam_access_key" "fallback" {
  count = var.smtp_enabled ? 0 : 1
  user  = "eg-ses"
}
