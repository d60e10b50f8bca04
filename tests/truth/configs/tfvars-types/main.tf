variable "count_" { type = number }
variable "on" { type = bool }
variable "names" { type = set(string) }
variable "conf" {
  type = object({
    user   = string
    status = optional(string, "Inactive")
  })
}
resource "aws_iam_access_key" "a" {
  count = var.on ? var.count_ : 0
  user  = "a${count.index}"
}
resource "aws_iam_access_key" "b" {
  for_each = var.names
  user     = each.key
}
resource "aws_iam_access_key" "c" {
  user   = var.conf.user
  status = var.conf.status
}
