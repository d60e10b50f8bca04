resource "terraform_data" "t" {}
resource "aws_iam_access_key" "k" {
  for_each = { a = terraform_data.t.id, b = "bob" }
  user     = each.value
}
