variable "live" { type = string }
resource "aws_iam_access_key" "blue" {
  user   = "deploy"
  status = var.live != "green" ? "Active" : "Inactive"
}
resource "aws_iam_access_key" "green" {
  user   = "deploy"
  status = var.live != "blue" ? "Active" : "Inactive"
}
