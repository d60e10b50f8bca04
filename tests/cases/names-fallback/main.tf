variable "main" { type = string }
variable "other" { type = string }
resource "aws_iam_access_key" "a" { user = var.main }
resource "aws_iam_access_key" "b" { user = coalesce(var.other, var.main) }
