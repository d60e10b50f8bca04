variable "admin" { default = true }
locals {
  keys  = var.admin ? { main = { status = "Active" }, spare = { status = "Inactive" } } : {}
  names = var.admin ? ["alice", "bob"] : ["alice"]
}
resource "aws_iam_access_key" "k" {
  for_each = local.keys
  user     = "alice"
  status   = each.value.status
}
resource "aws_iam_access_key" "n" {
  for_each = toset(local.names)
  user     = each.value
}
