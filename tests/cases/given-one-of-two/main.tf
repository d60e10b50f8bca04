variable "blue" { type = bool }
variable "green" { type = bool }
resource "aws_iam_access_key" "blue" {
  count = var.blue ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "green" {
  count = var.green ? 1 : 0
  user  = "ci"
}
