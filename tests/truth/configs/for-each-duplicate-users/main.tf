variable "keys" {
  default = {
    first  = "alice"
    second = "alice"
    third  = "bob"
  }
}
resource "aws_iam_access_key" "this" {
  for_each = var.keys
  user     = each.value
}
