variable "iam_access_key_status" {
  type    = string
  default = null
}

resource "aws_iam_access_key" "this" {
  count  = var.create_user && var.create_iam_access_key && var.pgp_key != "" ? 1 : 0
  user   = aws_iam_user.this[0].name
  status = var.iam_access_key_status
}

resource "aws_iam_access_key" "this_no_pgp" {
  count  = var.create_user && var.create_iam_access_key && var.pgp_key == "" ? 1 : 0
  user   = aws_iam_user.this[0].name
  status = var.iam_access_key_status
}
