variable "old" { type = bool }
variable "new" {
  type = bool
  validation {
    condition     = !(var.old && var.new)
    error_message = "Either the old key or the new one."
  }
}
resource "aws_iam_access_key" "old" {
  count = var.old ? 1 : 0
  user  = "ci"
}
resource "aws_iam_access_key" "new" {
  count = var.new ? 1 : 0
  user  = "ci"
}
