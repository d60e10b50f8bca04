variable "config" { type = string }
resource "aws_iam_access_key" "this" {
  count = jsondecode(var.config).keys
  user  = "ci"
}
