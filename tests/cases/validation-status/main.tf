variable "status" {
  type = string
  validation {
    condition     = var.status == "Inactive"
    error_message = "The second key stays off."
  }
}
resource "aws_iam_access_key" "first" { user = "ci" }
resource "aws_iam_access_key" "second" {
  user   = "ci"
  status = var.status
}
