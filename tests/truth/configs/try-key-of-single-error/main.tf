resource "aws_iam_user" "a" {
  name = "alice"
}

resource "aws_iam_access_key" "k" {
  user = try(aws_iam_user.a[0].name, aws_iam_user.a.name)
}
