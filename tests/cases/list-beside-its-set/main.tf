variable "list" { type = list(string) }
resource "aws_iam_access_key" "k1" {
  for_each = toset(var.list)
  user = each.key
  status = "Inactive"
}
resource "aws_iam_access_key" "k2" {
  count = length(var.list)
  user = var.list[count.index]
}
