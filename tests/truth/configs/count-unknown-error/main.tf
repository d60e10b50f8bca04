resource "terraform_data" "t" {}
resource "aws_iam_access_key" "k" {
  count = terraform_data.t.id == "x" ? 1 : 0
  user  = "alice"
}
