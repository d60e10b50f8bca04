resource "aws_iam_user" "a" {
  count = 0
  name = "alice"
}

resource "aws_iam_access_key" "k" {
  user = try(aws_iam_user.a[0].name, "bob")
}
