moved {
  from = aws_iam_access_key.old
  to   = aws_iam_access_key.new
}
moved {
  from = aws_iam_access_key.counted[0]
  to   = aws_iam_access_key.each["a"]
}
resource "aws_iam_access_key" "new" { user = "alice" }
resource "aws_iam_access_key" "each" {
  for_each = toset(["a"])
  user     = each.key
}
