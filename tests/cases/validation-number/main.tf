variable "keys" {
  type = number
  validation {
    condition     = var.keys >= 0 && var.keys <= 1
    error_message = "No key or one."
  }
}
resource "aws_iam_access_key" "this" {
  count = var.keys
  user  = "alice"
}
