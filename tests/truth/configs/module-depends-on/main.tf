resource "terraform_data" "first" {}
module "m" {
  source     = "./m"
  depends_on = [terraform_data.first]
}
resource "aws_iam_access_key" "k" { user = module.m.name }
