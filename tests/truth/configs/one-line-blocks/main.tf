variable "u" { default = "alice" }
resource "aws_iam_access_key" "k" { user = var.u }
locals { a = "x" }
resource "aws_iam_access_key" "j" { user = local.a }
