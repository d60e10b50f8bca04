variable "stage" { type = string }
module "a" {
  source = "./label"
  name   = "app"
  stage  = var.stage
}
resource "aws_iam_access_key" "a" { user = module.a.id }
resource "aws_iam_access_key" "b" { user = "prod-app" }

