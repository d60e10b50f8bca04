locals {
  settings = {
    default = { keys = 1 }
    prod    = { keys = 2 }
  }
  environment = contains(keys(local.settings), terraform.workspace) ? terraform.workspace : "default"
}
resource "aws_iam_access_key" "ci" {
  count = local.settings[local.environment].keys
  user  = "ci"
}
