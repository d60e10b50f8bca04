resource "aws_iam_user" "a" {
  count = 1
  name = "alice"
}

resource "aws_iam_access_key" "k" {
  count = 1
  user = try(aws_iam_user.a[count.index].nickname, aws_iam_user.a[count.index].name)
}
