module "s3_user" {
  source                = "cloudposse/iam-s3-user/aws"
  version               = "1.2.0"
  enabled               = module.this.enabled && var.user_enabled
  create_iam_access_key = var.access_key_enabled
  context               = module.this.context
}
