variable "u" { type = string }
resource "aws_iam_access_key" "a" { user = lower(var.u) }
resource "aws_iam_access_key" "b" { user = upper(var.u) }
