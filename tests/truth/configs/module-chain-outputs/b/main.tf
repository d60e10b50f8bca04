variable "name" {}
resource "aws_iam_access_key" "k" { user = var.name }
output "name" { value = "${aws_iam_access_key.k.user}-x" }
