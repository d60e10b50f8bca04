module "ses_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.19.1"
  context = module.this.context
}
