module "m" {
  source = "./m"
  users  = ["a", "b"]
}
