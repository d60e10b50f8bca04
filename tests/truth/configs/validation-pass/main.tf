variable "name" {
  default = "svc-alice"
  validation {
    condition     = can(regex("^svc-", var.name))
    error_message = "The name must start with svc-."
  }
}
resource "aws_iam_access_key" "k" { user = var.name }
