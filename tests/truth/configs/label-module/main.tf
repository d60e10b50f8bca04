module "label" {
  source     = "./label"
  namespace  = "acme"
  stage      = "prod"
  name       = "Uploader"
  attributes = ["s3"]
}
module "off" {
  source  = "./label"
  enabled = false
  name    = "off"
}
resource "aws_iam_user" "default" {
  count = module.label.enabled ? 1 : 0
  name  = module.label.id
}
resource "aws_iam_access_key" "default" {
  count = module.label.enabled ? 1 : 0
  user  = join("", aws_iam_user.default.*.name)
}
resource "aws_iam_access_key" "off" {
  count = module.off.enabled ? 1 : 0
  user  = module.off.id
}
