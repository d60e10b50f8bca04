variable "users" {
  type = list(string)
  validation {
    condition     = length(distinct(var.users)) == length(var.users)
    error_message = "Each user once."
  }
}
resource "aws_iam_access_key" "this" {
  count = length(var.users)
  user  = var.users[count.index]
}
