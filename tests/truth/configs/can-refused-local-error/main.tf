locals {
  settings = jsondecode("no document")
}

resource "aws_iam_access_key" "k" {
  user = can(local.settings) ? "alice" : "bob"
}
