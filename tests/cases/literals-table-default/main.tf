variable "env" { type = string }
resource "aws_iam_access_key" "this" {
  count = lookup({ dev = 0, prod = 1 }, var.env, 1)
  user  = "ci"
}
