module "m" {
  source = "./one"
  name   = "a"
}
