variable "users" {
  type      = map(string)
  default   = { a = "alice" }
  sensitive = true
}
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = each.value
}
