module "service" {
  source   = "../../modules/service-account"
  for_each = var.services

  prefix      = "acme"
  environment = var.environment
  service     = each.key
  access_key  = each.value.access_key
  buckets     = each.value.buckets
}

module "team" {
  source   = "../../modules/team"
  for_each = var.teams

  name    = each.key
  members = each.value
}

module "network" {
  source = "../../modules/vpc"
  name   = "acme-${var.environment}"
}
