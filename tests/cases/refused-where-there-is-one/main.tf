variable "people" { type = list(string) }
variable "env" { type = string }
resource "aws_iam_access_key" "bob" {
  count  = length(var.people)
  user   = { prod = "bob" }[var.env]
  status = "Inactive"
}
resource "aws_iam_access_key" "ann" { user = "ann" }
resource "aws_iam_access_key" "ann_again" {
  user   = "ann"
  status = length(var.people) > 0 || var.env == "prod" ? "Inactive" : "Active"
}
