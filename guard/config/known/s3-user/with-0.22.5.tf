module "s3_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.22.5"
  context = module.this.context
}
