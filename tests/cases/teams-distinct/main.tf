variable "teams" { type = map(list(string)) }
locals {
  us = distinct(flatten([for t, us in var.teams : us]))
}
resource "aws_iam_access_key" "k" {
  for_each = toset(local.us)
  user     = each.value
}
