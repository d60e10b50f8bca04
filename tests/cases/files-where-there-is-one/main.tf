variable "people" { type = list(string) }
variable "stage" { type = number }
resource "aws_iam_access_key" "bob" {
  count  = length(var.people)
  user   = yamldecode(file("${path.module}/config/${var.stage}.yaml")).user
  status = "Inactive"
}
resource "aws_iam_access_key" "ann" { user = "ann" }
resource "aws_iam_access_key" "ann_again" {
  user   = "ann"
  status = length(var.people) > 0 || var.stage == 1 ? "Inactive" : "Active"
}
