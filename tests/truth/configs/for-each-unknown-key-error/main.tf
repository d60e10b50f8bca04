resource "terraform_data" "t" {}
resource "aws_iam_access_key" "k" {
  for_each = { (terraform_data.t.id) = "a" }
  user     = "alice"
}
