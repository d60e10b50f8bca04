module "b" {
  source = "../b"
}
resource "aws_iam_access_key" "k" { user = "a" }
