resource "aws_iam_user" "u" {
  for_each = { one = "alice", two = "bob" }
  name     = each.value
}
resource "aws_iam_access_key" "a" {
  for_each = aws_iam_user.u
  user     = each.value.name
}
resource "aws_iam_access_key" "b" {
  for_each = aws_iam_access_key.a
  user     = each.value.user
  status   = each.key == "one" ? "Inactive" : "Active"
}
resource "aws_iam_access_key" "c" {
  for_each = toset(keys(aws_iam_user.u))
  user     = "${each.key}-c"
}
