variable "user" { type = string }
resource "aws_iam_access_key" "a" { user = coalesce(var.user, "alice") }
resource "aws_iam_access_key" "b" { user = "alice" }
