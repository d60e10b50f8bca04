module "alice" {
  source = "./iam-user"
  name   = "alice"
}
module "bob" {
  source  = "./iam-user"
  name    = "bob"
  pgp_key = "keybase:bob"
}
module "carol" {
  source                = "./iam-user"
  name                  = "carol"
  create_iam_access_key = false
}
