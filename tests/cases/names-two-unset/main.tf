variable "a" { type = string }
variable "b" { type = string }
resource "aws_iam_access_key" "a" { user = var.a }
resource "aws_iam_access_key" "b" { user = "${var.b}" }
