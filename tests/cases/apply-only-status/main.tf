resource "terraform_data" "status" { input = "Active" }
resource "aws_iam_access_key" "a" { user = "ci" }
resource "aws_iam_access_key" "b" {
  user   = "ci"
  status = terraform_data.status.output
}
