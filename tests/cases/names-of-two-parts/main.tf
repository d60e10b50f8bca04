variable "teams" { type = map(set(string)) }
module "t" {
  for_each = var.teams
  source   = "./t"
  team     = each.key
  users    = each.value
}
