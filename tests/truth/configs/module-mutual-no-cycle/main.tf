module "a" {
  source = "./m"
  plain  = "alice"
  other  = module.b.plain_out
}
module "b" {
  source = "./m"
  plain  = "bob"
  other  = module.a.plain_out
}
