provider "aws" {
  region  = "us-east-1"
  profile = "a"
}
provider "aws" {
  alias   = "b"
  region  = "us-east-1"
  profile = "b"
}
resource "aws_iam_access_key" "k" {
  for_each = toset(["x", "y"])
  provider = aws.b
  user     = each.key
}
