variable "a" {
  type    = text
  default = "x"
}
resource "aws_iam_access_key" "k" { user = var.a }
