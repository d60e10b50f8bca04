variable "users" {
  type = list(object({
    name = string
    key  = optional(bool, true)
  }))
}
resource "aws_iam_access_key" "this" {
  for_each = { for u in var.users : u.name => u if u.key }
  user     = each.key
}
