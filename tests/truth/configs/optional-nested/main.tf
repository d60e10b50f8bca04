variable "teams" {
  type = map(object({
    members = optional(map(object({
      keys = optional(map(object({
        status = optional(string, "Active")
      })), { main = {} })
    })), {})
  }))
  default = {
    ops = {
      members = {
        alice = {}
        bob   = { keys = { old = { status = "Inactive" }, new = {} } }
      }
    }
    dev = {}
  }
}
locals {
  keys = merge(flatten([
    for team, t in var.teams : [
      for user, m in t.members : {
        for key, k in m.keys : "${team}/${user}/${key}" => { user = user, status = k.status }
      }
    ]
  ])...)
}
resource "aws_iam_access_key" "this" {
  for_each = local.keys
  user     = each.value.user
  status   = each.value.status
}
