variable "live" {
  description = "Which of the two keys is in use: blue or green."
  type        = string
}

resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_access_key" "blue" {
  user   = aws_iam_user.deploy.name
  status = var.live == "blue" ? "Active" : "Inactive"
}

resource "aws_iam_access_key" "green" {
  user   = aws_iam_user.deploy.name
  status = var.live == "blue" ? "Inactive" : "Active"
}
