variable "users" { type = map(number) }
variable "text" { type = string }
locals {
  keys = merge([for u, n in var.users : { for i in range(n) : "${u}${i}" => u }]...)
}
resource "aws_iam_access_key" "k" {
  for_each = local.keys
  user     = each.value
}
resource "aws_iam_access_key" "t" { user = replace(var.text, "/[^a-z]/", "") }
