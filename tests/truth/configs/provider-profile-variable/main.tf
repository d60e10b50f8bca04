variable "env" { default = "stage" }
locals {
  profiles = { stage = "acme-stage", prod = "acme-prod" }
}
provider "aws" {
  region  = "eu-west-1"
  profile = local.profiles[var.env]
}
resource "aws_iam_access_key" "k" { user = "alice" }
