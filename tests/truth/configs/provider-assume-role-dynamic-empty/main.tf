variable "role_arn" { default = "" }
provider "aws" {
  region  = "us-east-1"
  profile = "local"
  dynamic "assume_role" {
    for_each = var.role_arn == "" ? [] : [var.role_arn]
    content {
      role_arn = assume_role.value
    }
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
