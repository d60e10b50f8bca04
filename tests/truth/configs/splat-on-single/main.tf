resource "aws_iam_user" "u" { name = "alice" }
resource "aws_iam_access_key" "k" {
  for_each = toset(aws_iam_user.u[*].name)
  user     = each.key
}
