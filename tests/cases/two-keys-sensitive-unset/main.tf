variable "user" {
  type      = string
  sensitive = true
}
resource "aws_iam_access_key" "a" {
  count = 2
  user  = var.user
}
