module "names" {
  source = "./names"
  env    = "prod"
}
resource "aws_iam_access_key" "k" {
  for_each = module.names.by_team
  user     = each.value
}
resource "aws_iam_access_key" "one" { user = module.names.by_team["ops"] }
