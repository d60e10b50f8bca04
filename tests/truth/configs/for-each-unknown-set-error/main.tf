resource "terraform_data" "t" {}
resource "aws_iam_access_key" "k" {
  for_each = toset(split(",", terraform_data.t.id))
  user     = each.key
}
