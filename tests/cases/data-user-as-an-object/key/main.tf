variable "user" {
  type = object({
    arn       = string
    user_name = string
    tags      = optional(map(string))
  })
}
resource "aws_iam_access_key" "this" {
  user = var.user.user_name
}
