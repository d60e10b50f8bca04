module "s3_user" {
  source  = "cloudposse/iam-system-user/aws"
  version = "0.23.2"
  context = module.this.context
}
