module "label" {
  source = "git::https://github.com/cloudposse/terraform-null-label.git?ref=tags/0.17.0"

  namespace   = var.namespace
  environment = var.environment
  stage       = var.stage
  name        = var.name
  delimiter   = var.delimiter
  attributes  = var.attributes
  tags        = var.tags
  enabled     = var.enabled
}

resource "aws_iam_user" "default" {
  count = var.enabled ? 1 : 0
  name  = module.label.id
}

resource "aws_iam_access_key" "default" {
  count = var.enabled ? 1 : 0
  user  = aws_iam_user.default[0].name
}
