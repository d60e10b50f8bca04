resource "aws_iam_user" "u" {
  count = 2
  name  = "u${count.index}"
}
resource "aws_iam_access_key" "k" { user = aws_iam_user.u.1.name }
resource "aws_iam_access_key" "j" { user = join("", aws_iam_user.u.*.name) }
