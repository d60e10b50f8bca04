module "ses_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.22.5"
  enabled = module.this.enabled && var.ses_user_enabled
  context = module.this.context
}
