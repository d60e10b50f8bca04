variable "users" {
  type = map(object({
    rotation = optional(object({ second = optional(bool, false) }))
  }))
}
resource "aws_iam_access_key" "first" {
  for_each = var.users
  user     = each.key
}
resource "aws_iam_access_key" "second" {
  for_each = { for name, user in var.users : name => user if try(user.rotation.second, false) }
  user     = each.key
}
