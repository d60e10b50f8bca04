module "user" {
  source = "../../modules/iam-user"
  name   = "example"
}
