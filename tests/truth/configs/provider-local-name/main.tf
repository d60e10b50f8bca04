terraform {
  required_providers {
    cloud = {
      source = "hashicorp/aws"
    }
  }
}
provider "cloud" {
  region  = "us-east-1"
  profile = "renamed"
}
resource "aws_iam_access_key" "k" {
  provider = cloud
  user     = "alice"
}
