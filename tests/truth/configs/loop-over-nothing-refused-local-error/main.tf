locals {
  settings = jsondecode("no document")
}

resource "aws_iam_access_key" "k" {
  user = join("", ["alice"], [for x in [] : local.settings.user])
}
