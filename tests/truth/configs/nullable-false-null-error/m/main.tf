variable "name" {
  type     = string
  nullable = false
}
resource "aws_iam_access_key" "k" { user = var.name }
