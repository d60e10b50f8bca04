module "ses_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.21.0"
  enabled = module.this.enabled && var.ses_user_enabled
  context = module.this.context
}
