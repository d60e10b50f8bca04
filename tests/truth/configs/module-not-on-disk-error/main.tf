module "m" {
  source = "./nowhere"
}
resource "aws_iam_access_key" "k" { user = "alice" }
