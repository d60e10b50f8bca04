variable "keys" {
  type = number
  validation {
    condition     = var.keys > 0 && var.keys < 3
    error_message = "One or two."
  }
}
resource "aws_iam_access_key" "this" {
  count = var.keys
  user  = "alice"
}
