resource "aws_iam_user" "a" {
  name = "alice"
}

resource "aws_iam_access_key" "k" {
  user = try(aws_iam_user.a.nickname, aws_iam_user.a.name)
}
