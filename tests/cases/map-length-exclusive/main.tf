variable "extra" { type = map(string) }
resource "aws_iam_access_key" "plain" {
  count = length(var.extra) == 0 ? 1 : 0
  user  = "alice"
}
resource "aws_iam_access_key" "extra" {
  count = length(var.extra) > 0 ? 1 : 0
  user  = "alice"
}
