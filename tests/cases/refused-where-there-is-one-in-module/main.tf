variable "people" { type = list(string) }
variable "env" { type = string }
module "person" {
  source = "./person"
  count  = length(var.people)
  env    = var.env
}
resource "aws_iam_access_key" "ann" { user = "ann" }
resource "aws_iam_access_key" "ann_again" {
  user   = "ann"
  status = length(var.people) > 0 || var.env == "prod" ? "Inactive" : "Active"
}
