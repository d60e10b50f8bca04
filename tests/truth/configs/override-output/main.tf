module "m" {
  source = "./m"
}
resource "aws_iam_access_key" "k" { user = module.m.name }
