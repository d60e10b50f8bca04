terraform {
  required_version = ">= 99.0"
}
resource "aws_iam_access_key" "k" { user = "alice" }
