variable "status" {
  type    = string
  default = null
}
resource "aws_iam_access_key" "null_" {
  user   = "a"
  status = null
}
resource "aws_iam_access_key" "var_null" {
  user   = "b"
  status = var.status
}
resource "aws_iam_access_key" "inactive" {
  user   = "c"
  status = title("inactive")
}
resource "aws_iam_access_key" "cond" {
  user   = "d"
  status = var.status == null ? "Inactive" : var.status
}
