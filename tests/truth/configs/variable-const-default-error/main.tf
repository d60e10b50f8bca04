variable "a" { default = "x" }
variable "b" { default = var.a }
resource "aws_iam_access_key" "k" { user = var.b }
