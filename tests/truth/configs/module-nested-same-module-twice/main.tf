module "outer" {
  source = "./outer"
  who    = "alice"
}
module "leaf" {
  source = "./leaf"
  who    = "alice"
}
