variable "blue" { type = bool }
module "blue" {
  count  = var.blue ? 1 : 0
  source = "./key"
}
module "green" {
  count  = var.blue ? 0 : 1
  source = "./key"
}
