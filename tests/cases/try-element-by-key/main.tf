variable "env" { type = string }
locals {
  defaults = { user = "svc", keys = 1 }
  by_env = {
    prod  = { user = "svc-prod" }
    stage = { keys = 0 }
  }
  settings = merge(local.defaults, try(local.by_env[var.env], {}))
}
resource "aws_iam_access_key" "this" {
  count = local.settings.keys
  user  = local.settings.user
}
