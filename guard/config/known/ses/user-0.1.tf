module "label" {
  source = "git::https://github.com/cloudposse/terraform-null-label.git?ref=tags/0.17.0"

  namespace  = var.namespace
  stage      = var.stage
  name       = var.name
  delimiter  = var.delimiter
  attributes = var.attributes
  tags       = var.tags
  enabled    = var.enabled
}

module "ses_user" {
  source = "git::https://github.com/cloudposse/terraform-aws-iam-system-user.git?ref=tags/0.15.0"

  namespace = var.namespace
  stage     = var.stage
  name      = module.label.name
  enabled   = var.enabled
}
