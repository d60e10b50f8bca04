module "m" {
  source = "./m"
  users  = ["alice", { name = "bob" }]
}
