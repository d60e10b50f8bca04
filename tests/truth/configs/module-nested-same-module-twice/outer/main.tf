variable "who" {}
module "leaf" {
  source = "../leaf"
  who    = upper(var.who)
}
module "leaf2" {
  source = "../leaf"
  who    = "${var.who}2"
}
