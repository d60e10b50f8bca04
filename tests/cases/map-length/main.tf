variable "extra" { type = map(string) }
resource "aws_iam_access_key" "first" { user = "alice" }
resource "aws_iam_access_key" "second" {
  count = length(var.extra) > 0 ? 1 : 0
  user  = "alice"
}
