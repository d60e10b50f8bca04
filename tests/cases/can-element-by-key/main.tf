variable "env" { type = string }
locals {
  by_env = {
    prod  = { user = "svc-prod" }
    stage = { keys = 2 }
  }
}
resource "aws_iam_access_key" "of_environment" {
  count = can(local.by_env[var.env].user) ? 1 : 0
  user  = "svc"
}
resource "aws_iam_access_key" "general" {
  count = can(local.by_env[var.env].user) ? 0 : 1
  user  = "svc"
}
