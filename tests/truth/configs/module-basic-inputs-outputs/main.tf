module "user" {
  source = "./modules/user"
  name   = "ci"
}
resource "aws_iam_access_key" "root" {
  user = module.user.name
}
