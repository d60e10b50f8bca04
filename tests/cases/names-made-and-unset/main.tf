variable "app" { type = string }
variable "other" { type = string }

resource "aws_iam_access_key" "of_app" {
  user = "${var.app}-ci"
}
resource "aws_iam_access_key" "other" {
  user = var.other
}
