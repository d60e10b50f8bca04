locals {
  settings = jsondecode("no document")
}

resource "aws_iam_access_key" "k" {
  user = try(local.settings.user, "alice")
}
