resource "terraform_data" "t" {
  input = "Active"
}
resource "aws_iam_access_key" "k" {
  user   = "alice"
  status = terraform_data.t.output
}
