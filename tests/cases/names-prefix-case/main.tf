variable "x" { type = string }

resource "aws_iam_access_key" "a" { user = "Svc-${var.x}" }
resource "aws_iam_access_key" "b" { user = "svc-${var.x}" }
