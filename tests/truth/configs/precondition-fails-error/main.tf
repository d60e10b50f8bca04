variable "n" { default = 2 }
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = "alice"
  lifecycle {
    precondition {
      condition     = var.n < 2
      error_message = "One key only."
    }
  }
}
