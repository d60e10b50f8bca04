variable "users" {
  type      = map(string)
  default   = { a = "alice", b = "alice" }
  sensitive = true
}
resource "aws_iam_access_key" "k" {
  for_each = nonsensitive(toset(keys(var.users)))
  user     = var.users[each.key]
}
