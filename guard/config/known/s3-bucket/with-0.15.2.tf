module "s3_user" {
  source  = "cloudposse/iam-s3-user/aws"
  version = "0.15.2"
  enabled = module.this.enabled && var.user_enabled
  context = module.this.context
}
