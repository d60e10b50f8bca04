variable "enabled" { default = false }
resource "aws_iam_user" "u" {
  count = var.enabled ? 1 : 0
  name  = "on"
}
resource "aws_iam_access_key" "k" {
  count = var.enabled ? 1 : 0
  user  = join("", aws_iam_user.u.*.name)
}
resource "aws_iam_access_key" "j" {
  user = var.enabled ? join("", aws_iam_user.u.*.name) : "off"
}
