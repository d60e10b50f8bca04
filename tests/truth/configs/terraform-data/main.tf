resource "terraform_data" "t" {
  input            = { name = "alice" }
  triggers_replace = ["x"]
}
resource "aws_iam_access_key" "a" { user = terraform_data.t.input.name }
resource "aws_iam_access_key" "b" { user = terraform_data.t.output.name }
resource "aws_iam_access_key" "c" { user = terraform_data.t.triggers_replace[0] }
