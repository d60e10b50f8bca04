variable "name" {
  type    = string
  default = "legacy"
}
resource "aws_iam_user" "u" {
  name = "${var.name}"
}
resource "aws_iam_access_key" "k" {
  count = "${var.name == "legacy" ? 1 : 0}"
  user  = "${aws_iam_user.u.name}"
}
output "all" {
  value = "${aws_iam_access_key.k.*.user}"
}
