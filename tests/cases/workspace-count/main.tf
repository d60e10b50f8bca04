resource "aws_iam_access_key" "ci" {
  count = terraform.workspace == "prod" ? 2 : 1
  user  = "ci"
}
