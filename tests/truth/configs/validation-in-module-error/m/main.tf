variable "status" {
  validation {
    condition     = contains(["Active", "Inactive"], var.status)
    error_message = "Active or Inactive, not ${var.status}."
  }
}
resource "aws_iam_access_key" "k" {
  user   = "alice"
  status = var.status
}
