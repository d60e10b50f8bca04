variable "n" { type = number }
resource "aws_iam_user" "u" {
  count = var.n
  name  = "u${count.index}"
}
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = aws_iam_user.u[count.index].name
}
