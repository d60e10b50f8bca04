variable "name" {
  type    = string
  default = ""
}

variable "create" {
  type    = bool
  default = true
}

variable "create_access_key" {
  type    = bool
  default = true
}

variable "access_key_status" {
  type    = string
  default = null
}

variable "pgp_key" {
  type    = string
  default = null
}

resource "aws_iam_user" "this" {
  count = var.create ? 1 : 0
  name  = var.name
}

resource "aws_iam_access_key" "this" {
  count  = var.create && var.create_access_key ? 1 : 0
  user   = aws_iam_user.this[0].name
  status = var.access_key_status
}

output "name" {
  value = try(aws_iam_user.this[0].name, null)
}

output "arn" {
  value = try(aws_iam_user.this[0].arn, null)
}

output "unique_id" {
  value = try(aws_iam_user.this[0].unique_id, null)
}
