variable "x" { default = true }
resource "aws_iam_access_key" "k" {
  user = "alice"
  lifecycle {
    prevent_destroy = var.x
  }
}
