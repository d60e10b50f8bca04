variable "users" {
  type = map(object({ name = optional(string), keys = optional(number, 1) }))
}
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = coalesce(each.value.name, each.key)
}
