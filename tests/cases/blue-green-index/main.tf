variable "live" { type = number }
resource "aws_iam_access_key" "slot" {
  count  = 2
  user   = "deploy"
  status = count.index == var.live ? "Active" : "Inactive"
}
