variable "name" {}
resource "aws_iam_access_key" "two" { user = var.name }
