variable "u" { type = string }
locals { c = jsondecode(var.u) }
resource "aws_iam_access_key" "k" {
  for_each = local.c
  user     = each.value
}
