resource "aws_iam_user" "none" {
  count = 0
  name  = "never"
}
resource "aws_iam_access_key" "a" { user = try(aws_iam_user.none[0].name, "fallback") }
resource "aws_iam_access_key" "b" { user = can(aws_iam_user.none[0].name) ? "is" : "not" }
resource "aws_iam_access_key" "c" { user = length(aws_iam_user.none) > 0 ? aws_iam_user.none[0].name : "none" }
