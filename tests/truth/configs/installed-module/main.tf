module "user" {
  source  = "example/iam-user/aws"
  version = "1.2.3"
  name    = "alice"
}
resource "aws_iam_access_key" "mine" { user = module.user.name }
