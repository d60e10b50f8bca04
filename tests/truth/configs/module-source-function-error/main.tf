module "m" {
  source = join("/", [".", "keys"])
  user   = "alice"
}
