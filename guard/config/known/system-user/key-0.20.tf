variable "create_iam_access_key" {
  type    = bool
  default = true
}

resource "aws_iam_user" "default" {
  count = module.this.enabled ? 1 : 0
  name  = module.this.id
}

resource "aws_iam_access_key" "default" {
  count = module.this.enabled && var.create_iam_access_key ? 1 : 0
  user  = join("", aws_iam_user.default.*.name)
}
