variable "extra" { type = bool }
module "u" {
  source = "./mod"
  name   = "ci"
}
resource "aws_iam_access_key" "mine" {
  count = var.extra ? 1 : 0
  user  = module.u.iam_user_id
}

