variable "legacy" { type = bool }
module "outer" {
  source = "./outer"
  legacy = var.legacy
}
resource "aws_iam_access_key" "new" {
  count = var.legacy ? 0 : 1
  user  = "ci"
}
