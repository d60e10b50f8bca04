variable "m" { type = map(list(string)) }
resource "aws_iam_access_key" "k" {
  for_each = transpose(var.m)
  user     = each.value[0]
}
