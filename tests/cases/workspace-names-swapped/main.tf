locals {
  n = { prod = "alice", dev = "bob" }
  m = { prod = "bob", dev = "alice" }
}
resource "aws_iam_access_key" "k" {
  user = local.n[terraform.workspace]
}
resource "aws_iam_access_key" "k2" {
  user = local.m[terraform.workspace]
}
