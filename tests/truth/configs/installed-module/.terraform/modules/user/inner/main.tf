variable "name" {}
resource "aws_iam_access_key" "this" { user = var.name }
output "name" { value = var.name }
