data "aws_iam_policy_document" "default" {
  count = module.this.enabled ? 1 : 0

  statement {
    actions   = var.s3_actions
    resources = var.s3_resources
    effect    = "Allow"
  }
}

module "s3_user" {
  source = "../iam-system-user"

  force_destroy         = var.force_destroy
  create_iam_access_key = var.create_access_key
  inline_policies       = data.aws_iam_policy_document.default[*].json

  context = module.this.context
}
