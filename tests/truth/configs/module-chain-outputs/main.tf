module "a" {
  source = "./a"
}
module "b" {
  source = "./b"
  name   = module.a.name
}
module "c" {
  source = "./b"
  name   = module.b.name
}
