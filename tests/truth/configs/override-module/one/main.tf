variable "name" {}
resource "aws_iam_access_key" "one" { user = var.name }
