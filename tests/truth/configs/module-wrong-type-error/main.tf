module "m" {
  source = "./m"
  users  = "alice"
}
