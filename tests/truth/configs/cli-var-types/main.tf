variable "l" { type = list(string) }
variable "n" { type = number }
variable "b" { type = bool }
variable "s" { type = string }
variable "u" {}
resource "aws_iam_access_key" "k" {
  count  = var.n
  user   = var.l[count.index]
  status = var.b ? "Active" : "Inactive"
}
resource "aws_iam_access_key" "s" { user = "${length(var.s)}-${var.u}" }
