variable "status" { type = string }
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  user   = "ci"
  status = var.status
}
