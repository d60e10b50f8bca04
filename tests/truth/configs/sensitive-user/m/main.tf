variable "name" {}
resource "aws_iam_access_key" "k" { user = "${var.name}-m" }
output "name" { value = var.name }
