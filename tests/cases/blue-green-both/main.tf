variable "live" { type = string }
resource "aws_iam_access_key" "blue" {
  user   = "deploy"
  status = contains(["blue", "both"], var.live) ? "Active" : "Inactive"
}
resource "aws_iam_access_key" "green" {
  user   = "deploy"
  status = contains(["green", "both"], var.live) ? "Active" : "Inactive"
}
