variable "name" {
  type     = string
  default  = "fallback"
  nullable = false
}
variable "count_" {
  type     = number
  default  = 2
  nullable = false
}
variable "status" {
  type    = string
  default = "Inactive"
}
resource "aws_iam_access_key" "k" {
  count  = var.count_
  user   = "${var.name}${count.index}"
  status = var.status
}
