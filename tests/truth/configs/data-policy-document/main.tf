data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::x/*", "arn:aws:s3:::y/*"]
  }
}
resource "aws_iam_user" "u" { name = "alice" }
resource "aws_iam_user_policy" "p" {
  user   = aws_iam_user.u.name
  policy = data.aws_iam_policy_document.p.json
}
resource "aws_iam_access_key" "k" { user = aws_iam_user.u.name }
