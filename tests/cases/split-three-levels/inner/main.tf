variable "enabled" { type = string }
resource "aws_iam_access_key" "old" {
  count = var.enabled == "true" ? 1 : 0
  user  = "ci"
}
