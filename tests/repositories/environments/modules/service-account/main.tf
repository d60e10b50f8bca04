locals {
  name = join("-", compact([var.prefix, var.environment, var.service]))
}

module "user" {
  source = "../iam-user"

  name                  = local.name
  path                  = "/services/"
  create_iam_access_key = var.access_key.enabled
  iam_access_key_status = var.access_key.status
  tags                  = merge(var.tags, { Service = var.service })
}

resource "aws_iam_access_key" "rotated" {
  count = var.access_key.rotation ? 1 : 0

  user   = module.user.iam_user_name
  status = var.access_key.rotation_status
}

data "aws_iam_policy_document" "bucket" {
  for_each = var.buckets

  statement {
    sid       = "ReadWrite"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["arn:aws:s3:::${each.key}/*"]
  }

  dynamic "statement" {
    for_each = each.value.list ? [1] : []
    content {
      actions   = ["s3:ListBucket"]
      resources = ["arn:aws:s3:::${each.key}"]
    }
  }
}

resource "aws_iam_user_policy" "bucket" {
  for_each = var.buckets

  name   = "bucket-${each.key}"
  user   = module.user.iam_user_name
  policy = data.aws_iam_policy_document.bucket[each.key].json
}
