data "aws_iam_policy_document" "admin" {
  statement {
    effect    = "Allow"
    actions   = ["*"]
    resources = ["arn:aws:s3:::logs/*", "arn:aws:s3:::data/*/x"] /* not a comment end */
  }
}

resource "aws_iam_user_policy" "admin" {
  count  = length(var.admins)
  name   = "admin"
  user   = aws_iam_user.admin[count.index].name
  policy = data.aws_iam_policy_document.admin.json
}

resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_membership" "developers" {
  name  = "developers"
  group = aws_iam_group.developers.name
  users = [for u in aws_iam_user.developer : u.name]
}
