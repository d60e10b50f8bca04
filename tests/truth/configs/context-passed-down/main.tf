locals {
  context = { env = "prod", enabled = true, tags = { a = "b" } }
}
module "outer" {
  source  = "./outer"
  context = local.context
}
