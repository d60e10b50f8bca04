variable "name" { type = string }
module "one" {
  source = "./key"
  user   = var.name
}
module "two" {
  source = "./key"
  user   = var.name
}
