module "m" {
  source = "./m"
  name   = null
  count_ = null
  status = null
}
