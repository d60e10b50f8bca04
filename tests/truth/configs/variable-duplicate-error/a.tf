variable "u" { default = "a" }
resource "aws_iam_access_key" "k" { user = var.u }
