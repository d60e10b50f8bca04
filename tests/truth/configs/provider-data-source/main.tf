provider "aws" {
  region = "us-east-1"
}
data "aws_iam_user" "broker" { user_name = "broker" }
provider "aws" {
  alias  = "target"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/${data.aws_iam_user.broker.user_name}"
  }
}
resource "aws_iam_access_key" "k" {
  provider = aws.target
  user     = "alice"
}
