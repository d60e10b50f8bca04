variable "a" { type = string }
variable "b" { type = string }
resource "aws_iam_access_key" "a" { user = "${var.a}-${var.b}" }
resource "aws_iam_access_key" "b" { user = "${var.b}-${var.a}" }
