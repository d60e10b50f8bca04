variable "keys" {
  type = map(object({
    user   = string
    active = optional(bool, true)
  }))
}
resource "aws_iam_access_key" "this" {
  for_each = var.keys
  user     = each.value.user
  status   = each.value.active ? "Active" : "Inactive"
}
