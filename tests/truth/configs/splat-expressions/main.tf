resource "aws_iam_user" "u" {
  count = 3
  name  = format("user-%02d", count.index + 1)
}
resource "aws_iam_access_key" "k" {
  for_each = { for i, n in aws_iam_user.u[*].name : i => n if i != 1 }
  user     = each.value
}
resource "aws_iam_access_key" "last" { user = reverse(aws_iam_user.u[*].name)[0] }
