locals {
  people = { for f in fileset("${path.module}/people", "*.json") : trimsuffix(f, ".json") => jsondecode(file("${path.module}/people/${f}")) }
}
resource "aws_iam_access_key" "this" {
  for_each = local.people
  user     = each.value.name
}
