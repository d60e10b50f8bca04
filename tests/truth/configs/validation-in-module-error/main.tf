module "m" {
  source = "./m"
  status = "off"
}
