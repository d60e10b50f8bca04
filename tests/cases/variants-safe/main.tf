variable "keys" {
  type    = map(string)
  default = { main = "Active" }
}
resource "aws_iam_access_key" "this" {
  for_each = var.keys
  user     = "alice"
  status   = each.value
}
