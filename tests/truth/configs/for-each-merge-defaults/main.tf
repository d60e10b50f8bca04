locals {
  defaults = { status = "Active", enabled = true }
  users = {
    alice = {}
    bob   = { status = "Inactive" }
    carol = { enabled = false }
  }
  merged = { for name, conf in local.users : name => merge(local.defaults, conf) }
}
resource "aws_iam_access_key" "this" {
  for_each = { for name, conf in local.merged : name => conf if conf.enabled }
  user     = each.key
  status   = each.value.status
}
