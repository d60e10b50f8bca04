variable "who" {
}
resource "aws_iam_access_key" "k" {
  user   = var.who
  status = "Inactive"
}
resource "aws_iam_user" "inner" {
  count = 1
  name  = "inner-${var.who}"
}
resource "aws_iam_access_key" "inner" {
  user = aws_iam_user.inner[0].id
}
output "id" {
  value = var.who
}
