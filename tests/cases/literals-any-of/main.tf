variable "env" { type = string }
resource "aws_iam_access_key" "a" {
  count = contains(["prod", "stage"], var.env) ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "b" {
  count = var.env == "dev" || var.env == "stage" ? 1 : 0
  user  = "ci"
}
