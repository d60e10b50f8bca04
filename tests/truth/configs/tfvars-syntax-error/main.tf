variable "u" { default = "alice" }
resource "aws_iam_access_key" "k" { user = var.u }
