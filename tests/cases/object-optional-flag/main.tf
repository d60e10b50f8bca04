variable "user" {
  type = object({
    name       = string
    second_key = optional(bool, false)
  })
}
resource "aws_iam_access_key" "first" { user = var.user.name }
resource "aws_iam_access_key" "second" {
  count = var.user.second_key ? 1 : 0
  user  = var.user.name
}
