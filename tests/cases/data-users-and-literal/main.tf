data "aws_iam_users" "all" {}
resource "aws_iam_access_key" "each" {
  for_each = toset(data.aws_iam_users.all.names)
  user     = each.key
}
resource "aws_iam_access_key" "alice" { user = "alice" }
