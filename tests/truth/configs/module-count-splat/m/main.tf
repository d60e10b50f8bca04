variable "index" {}
resource "aws_iam_user" "u" { name = "u${var.index}" }
output "name" { value = aws_iam_user.u.name }
