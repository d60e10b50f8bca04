variable "second" { type = bool }

data "aws_iam_user" "ci" { user_name = "ci" }

module "key" {
  source = "./key"
  user   = data.aws_iam_user.ci
}
resource "aws_iam_access_key" "second" {
  count = var.second ? 1 : 0
  user  = data.aws_iam_user.ci.user_name
}
