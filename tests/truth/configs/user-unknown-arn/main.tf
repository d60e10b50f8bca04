resource "aws_iam_user" "u" { name = "alice" }
resource "aws_iam_access_key" "a" { user = aws_iam_user.u.arn }
resource "aws_iam_access_key" "b" { user = element(split("/", aws_iam_user.u.arn), 1) }
resource "aws_iam_access_key" "c" { user = aws_iam_user.u.id }
resource "aws_iam_access_key" "d" { user = "${aws_iam_user.u.name}-${substr(sha1("x"), 0, 4)}" }
