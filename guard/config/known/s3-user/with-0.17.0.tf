module "s3_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.17.0"
  context = module.this.context
}
