locals {
  rows = csvdecode(file("users.csv"))
}
resource "aws_iam_access_key" "this" {
  for_each = { for i, r in local.rows : i => r if r.key == "yes" }
  user     = each.value.name
}
