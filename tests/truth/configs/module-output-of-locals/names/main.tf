variable "env" {}
locals {
  teams = ["ops", "dev"]
}
output "by_team" {
  value = { for t in local.teams : t => format("%s-%s", var.env, t) }
}
