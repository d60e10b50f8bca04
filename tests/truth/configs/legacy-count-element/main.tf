variable "names" {
  type    = list(string)
  default = ["a", "b", "a"]
}
resource "aws_iam_user" "u" {
  count = length(var.names)
  name  = element(var.names, count.index)
}
resource "aws_iam_access_key" "k" {
  count = length(var.names)
  user  = element(aws_iam_user.u.*.name, count.index)
}
