variable "users" {
  type = map(object({
    status = optional(string, "Active")
  }))
}
resource "aws_iam_access_key" "this" {
  for_each = var.users
  user     = each.key
  status   = each.value.status
}
