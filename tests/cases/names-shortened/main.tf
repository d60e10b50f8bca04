variable "name" { type = string }
resource "aws_iam_access_key" "a" { user = "svc-${var.name}" }
resource "aws_iam_access_key" "b" { user = "svc-${substr(var.name, 0, 3)}" }
