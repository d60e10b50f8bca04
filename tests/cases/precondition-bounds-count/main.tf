variable "n" { type = number }
resource "aws_iam_access_key" "a" {
  count = var.n
  user  = "x"
  lifecycle {
    precondition {
      condition     = var.n < 2
      error_message = "No."
    }
  }
}
