# A flag that makes a second key: nobody said yet what prod sets it to.
variable "second_key" {
  type = bool
}

resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_access_key" "deploy" {
  user = aws_iam_user.deploy.name
}

resource "aws_iam_access_key" "second" {
  count = var.second_key ? 1 : 0
  user  = aws_iam_user.deploy.name
}
