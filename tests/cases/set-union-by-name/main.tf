variable "users" { type = set(string) }
variable "more" { type = set(string) }
variable "retired" { type = map(string) }
resource "aws_iam_access_key" "k" {
  for_each = setunion(var.users, var.more)
  user     = "svc-${each.key}"
  status   = contains(keys(var.retired), each.key) ? "Inactive" : "Active"
}
resource "aws_iam_access_key" "old" {
  for_each = var.more
  user     = "svc-${each.key}"
  status   = "Inactive"
}
