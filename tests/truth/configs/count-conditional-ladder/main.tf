variable "enabled" { default = "true" }
variable "names" { default = ["a", "b"] }
locals {
  on = var.enabled == "true"
}
resource "aws_iam_access_key" "a" {
  count = local.on ? 1 : 0
  user  = "alice"
}
resource "aws_iam_access_key" "b" {
  count = local.on && length(var.names) > 2 ? 1 : 0
  user  = "bob"
}
resource "aws_iam_access_key" "c" {
  count = var.enabled ? length(var.names) : 0
  user  = element(var.names, count.index)
}
