variable "role_arn" { default = "arn:aws:iam::333333333333:role/x" }
provider "aws" {
  region = "us-east-1"
  dynamic "assume_role" {
    for_each = var.role_arn == "" ? [] : [var.role_arn]
    content {
      role_arn = assume_role.value
    }
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
