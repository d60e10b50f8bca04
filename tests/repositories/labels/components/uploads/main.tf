provider "aws" {
  region = var.region
}

module "label" {
  source    = "../../modules/null-label"
  namespace = "Eg"
  stage     = var.stage
  name      = "uploads"
}

module "bucket" {
  source       = "../../modules/bucket"
  user_enabled = true
  attributes   = ["v2"]
  context      = module.label.context
}

module "archive" {
  source       = "../../modules/bucket"
  name         = "archive"
  user_enabled = false
  context      = module.label.context
}

module "disabled" {
  source       = "../../modules/bucket"
  enabled      = false
  user_enabled = true
  name         = "gone"
  context      = module.label.context
}
