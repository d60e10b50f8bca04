variable "max" { default = 1 }
variable "n" {
  default = 1
  validation {
    condition     = var.n <= var.max
    error_message = "Too many."
  }
}
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = "alice"
}
