variable "extra" { type = map(string) }
resource "aws_iam_access_key" "first" { user = "alice" }
resource "aws_iam_access_key" "second" {
  count = var.extra != {} ? 1 : 0
  user  = "alice"
}
