module "team" {
  for_each = { ops = ["alice", "bob"], dev = ["alice"] }
  source   = "./team"
  members  = each.value
  prefix   = each.key
}
