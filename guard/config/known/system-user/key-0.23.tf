variable "create_iam_access_key" {
  type    = bool
  default = true
}

variable "iam_access_key_max_age" {
  type    = number
  default = 2592000

  validation {
    condition     = var.iam_access_key_max_age >= 0
    error_message = "The age must not be below zero."
  }
}

resource "aws_iam_user" "default" {
  count = module.this.enabled ? 1 : 0
  name  = module.this.id
}

resource "aws_iam_access_key" "default" {
  count = module.this.enabled && var.create_iam_access_key && var.iam_access_key_max_age == 0 ? 1 : 0
  user  = join("", aws_iam_user.default.*.name)
}

resource "awsutils_expiring_iam_access_key" "default" {
  count   = module.this.enabled && var.create_iam_access_key && var.iam_access_key_max_age > 0 ? 1 : 0
  user    = join("", aws_iam_user.default.*.name)
  max_age = var.iam_access_key_max_age
}
