variable "users" { type = set(string) }
variable "rotated" { type = set(string) }
resource "aws_iam_access_key" "old" {
  for_each = var.users
  user     = each.key
  status   = contains(var.rotated, each.key) ? "Inactive" : "Active"
}
resource "aws_iam_access_key" "new" {
  for_each = setintersection(var.users, var.rotated)
  user     = each.key
}
