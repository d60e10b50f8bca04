variable "user" {
  type = object({
    name   = string
    status = optional(string)
  })
  default = { status = "Active" }
}
resource "aws_iam_access_key" "k" { user = var.user.name }
