module "keys" {
  source = "./keys"
}
