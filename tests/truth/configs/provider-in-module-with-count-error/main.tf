module "own" {
  source = "./own"
  count  = 2
}
