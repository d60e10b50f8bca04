variable "user" { default = "default" }
resource "aws_iam_access_key" "k" { user = var.user }
