variable "features" { type = list(string) }
resource "aws_iam_access_key" "main" { user = "ci" }
resource "aws_iam_access_key" "spare" {
  count = contains(var.features, "spare") ? 1 : 0
  user  = "ci"
}
