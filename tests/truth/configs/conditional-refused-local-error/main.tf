locals {
  settings = jsondecode("no document")
}

resource "aws_iam_access_key" "k" {
  user = true ? "alice" : local.settings.user
}
