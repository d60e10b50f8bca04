data "aws_iam_user" "ci" {
  user_name = "ci"
}
resource "aws_iam_access_key" "k" { user = data.aws_iam_user.ci.user_name }
