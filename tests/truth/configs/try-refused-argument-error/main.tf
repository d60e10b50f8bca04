resource "aws_iam_user" "a" {
  name = jsondecode("no document")
}

resource "aws_iam_access_key" "k" {
  user = try(aws_iam_user.a.name, "alice")
}
