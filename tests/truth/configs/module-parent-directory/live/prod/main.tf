module "user" {
  source = "../../modules/user"
  name   = "prod-ci"
}
