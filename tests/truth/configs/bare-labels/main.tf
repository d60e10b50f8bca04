resource aws_iam_access_key k {
  user = "alice"
}
variable name {
  default = "bob"
}
resource "aws_iam_access_key" j {
  user = var.name
}
