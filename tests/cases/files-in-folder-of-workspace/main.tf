resource "aws_iam_access_key" "each" {
  for_each = fileset("${path.module}/users/${terraform.workspace}", "*.yaml")
  user     = trimsuffix(each.key, ".yaml")
}
resource "aws_iam_access_key" "ann" { user = "ann" }
