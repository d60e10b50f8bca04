resource "aws_s3_bucket" "default" {
  count  = module.this.enabled ? 1 : 0
  bucket = module.this.id
  tags   = module.this.tags
}

module "user" {
  source = "../s3-user"

  enabled      = module.this.enabled && var.user_enabled
  attributes   = ["user"]
  s3_actions   = ["s3:PutObject", "s3:GetObject"]
  s3_resources = ["${join("", aws_s3_bucket.default[*].arn)}/*", join("", aws_s3_bucket.default[*].arn)]

  context = module.this.context
}
