variable "name" { type = string }
variable "keys" { type = number }
variable "status" { type = string }
resource "aws_iam_access_key" "this" {
  count  = var.keys
  user   = var.name
  status = var.status
}
output "name" { value = var.name }
