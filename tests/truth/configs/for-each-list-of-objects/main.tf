variable "users" {
  type = list(object({
    name   = string
    status = optional(string, "Active")
    key    = optional(bool, true)
  }))
  default = [
    { name = "alice" },
    { name = "bob", status = "Inactive" },
    { name = "carol", key = false },
  ]
}
resource "aws_iam_user" "this" {
  for_each = { for u in var.users : u.name => u }
  name     = each.key
}
resource "aws_iam_access_key" "this" {
  for_each = { for u in var.users : u.name => u if u.key }
  user     = aws_iam_user.this[each.key].name
  status   = each.value.status
}
