data "aws_iam_users" "all" {}
resource "aws_iam_access_key" "this" {
  for_each = toset(data.aws_iam_users.all.names)
  user     = each.key
}
