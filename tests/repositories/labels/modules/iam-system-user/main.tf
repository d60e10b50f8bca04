locals {
  enabled                   = module.this.enabled
  create_regular_access_key = local.enabled && var.create_iam_access_key
  create_rotated_access_key = local.enabled && var.rotate
  username                  = join("", aws_iam_user.default[*].name)
}

resource "aws_iam_user" "default" {
  count                = local.enabled ? 1 : 0
  name                 = module.this.id
  path                 = var.path
  force_destroy        = var.force_destroy
  tags                 = module.this.tags
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_access_key" "default" {
  count = local.create_regular_access_key ? 1 : 0
  user  = local.username
}

resource "aws_iam_access_key" "rotated" {
  count = local.create_rotated_access_key ? 1 : 0
  user  = local.username
}

resource "aws_iam_user_policy" "inline_policies" {
  count = local.enabled ? length(var.inline_policies) : 0

  name_prefix = "${module.this.id}-"
  user        = local.username
  policy      = var.inline_policies[count.index]
}
