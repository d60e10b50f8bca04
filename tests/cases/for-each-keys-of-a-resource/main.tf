variable "second" { type = bool }

resource "aws_iam_access_key" "first" {
  for_each = toset(["alice", "bob"])
  user     = each.key
}
resource "aws_iam_access_key" "second" {
  for_each = var.second ? aws_iam_access_key.first : {}
  user     = each.value.user
}
