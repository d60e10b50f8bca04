module "deployer" {
  source = "../../modules/service-account"

  prefix      = "acme"
  environment = "stage"
  service     = "deployer"
  access_key = {
    rotation        = var.rotate
    rotation_status = "Active"
  }
}

module "reports" {
  source = "../../modules/service-account"

  environment = "stage"
  service     = "reports"
}

module "bucket" {
  source = "../../modules/bucket"
  name   = "acme-stage-reports"
}
