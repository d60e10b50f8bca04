variable "x" { type = set(string) }
resource "aws_iam_access_key" "k" {
  for_each = setunion(var.x, ["a", "b", "c"])
  user     = each.key
}
