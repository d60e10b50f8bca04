module "a" {
  source = "./m"
  name   = module.b.name
}
module "b" {
  source = "./m"
  name   = module.a.name
}
