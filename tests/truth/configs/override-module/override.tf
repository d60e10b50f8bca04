module "m" {
  source = "./two"
  name   = "b"
}
