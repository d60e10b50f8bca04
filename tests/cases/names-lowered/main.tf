variable "name" { type = string }
resource "aws_iam_access_key" "a" { user = var.name }
resource "aws_iam_access_key" "b" { user = lower(var.name) }
