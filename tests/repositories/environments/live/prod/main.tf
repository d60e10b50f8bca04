module "service" {
  source   = "../../modules/service-account"
  for_each = local.services

  prefix      = "acme"
  environment = "prod"
  service     = each.key
  access_key  = each.value.access_key
}

module "auditor" {
  source    = "../../modules/iam-user"
  providers = { aws = aws.audit }

  name = "acme-prod-mailer"
}

module "edge" {
  source    = "../../modules/iam-user"
  providers = { aws = aws.us }

  name        = "acme-edge"
  create_user = true
}

# The mailer's second key, made by hand long ago; the region differs, the account does not.
resource "aws_iam_access_key" "mailer_us" {
  provider = aws.us
  user     = module.service["mailer"].name
}
