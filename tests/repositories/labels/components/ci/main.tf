terraform {
  backend "s3" {
    key = "ci.tfstate"
  }
}

provider "aws" {
  region = "us-east-2"
}

locals {
  bots = {
    deploy  = { rotate = false }
    release = { rotate = true }
    docs    = { rotate = false, enabled = false }
  }
}

module "label" {
  source     = "../../modules/null-label"
  namespace  = "eg"
  stage      = "ci"
  attributes = ["bot"]
}

module "bot" {
  source   = "../../modules/iam-system-user"
  for_each = local.bots

  name    = each.key
  enabled = try(each.value.enabled, true)
  rotate  = each.value.rotate
  context = module.label.context
}
