variable "features" { type = list(string) }
resource "aws_iam_access_key" "old" {
  count = contains(var.features, "new") ? 0 : 1
  user  = "ci"
}
resource "aws_iam_access_key" "new" {
  count = contains(var.features, "new") ? 1 : 0
  user  = "ci"
}
