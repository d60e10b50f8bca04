module "m" {
  name = "x"
}
resource "aws_iam_access_key" "k" { user = "alice" }
