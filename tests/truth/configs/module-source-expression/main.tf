module "interpolated" {
  source = "${"./keys"}"
  user   = "alice"
}

module "joined" {
  source = "./${"keys"}"
  user   = "bob"
}

module "parentheses" {
  source = ("./keys")
  user   = "alice"
}

module "conditional" {
  source = "a" == "a" ? "./keys" : "./nowhere"
  user   = "carol"
}

module "escaped" {
  source = "\u002e/keys"
  user   = "dave"
}
