variable "slots" { type = list(string) }
resource "aws_iam_access_key" "this" {
  count = min(length(var.slots), 1)
  user  = "ci"
}
