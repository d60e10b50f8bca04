resource "aws_iam_user" "deploy" {
  for_each = toset(["a", "b"])
  name     = "deploy-${each.key}"
}

resource "aws_iam_access_key" "deploy" {
  for_each = aws_iam_user.deploy
  user     = each.value.name
}
