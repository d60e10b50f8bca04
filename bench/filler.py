"""Terraform files as monorepos are full of them: valid, of some 5 KB, and nothing about keys in them."""

from __future__ import annotations

from random import Random

SIZE = 4_600
BLOCKS = (
    """resource "aws_security_group" "NAME" {
  name        = "${var.environment}-NAME"
  description = "Managed by Terraform: NAME"
  vpc_id      = var.vpc_id

  ingress {
    from_port   = NUMBER
    to_port     = NUMBER
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "172.16.0.0/12"] # only from inside
  }

  tags = merge(var.tags, { Name = "NAME" })
}
""",
    """resource "aws_iam_role_policy" "NAME" {
  name = "NAME"
  role = "service-NAME"

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:ListBucket"],
        "Resource": "arn:aws:s3:::NAME-${var.environment}/*"
      }]
    }
  POLICY
}
""",
    """/*
 * NAME: retention is NUMBER days, as agreed with the team that owns it.
 */
resource "aws_cloudwatch_log_group" "NAME" {
  name              = "/aws/service/${var.environment}/NAME"
  retention_in_days = var.environment == "prod" ? 365 : 30
  tags              = var.tags
}
""",
    """locals {
  NAME_ports = [for port in [NUMBER, 443, 8443] : port if port > 80]
  NAME_names = {
    for zone in ["a", "b", "c"] : zone => format("%s-NAME-%s", var.environment, zone)
  }
}
""",
    """resource "aws_s3_bucket" "NAME" {
  bucket_prefix = "NAME-${substr(var.environment, 0, 4)}-"
  force_destroy = false

  tags = {
    Owner       = "team-NUMBER"
    Environment = var.environment
    Runbook     = "https://example.com/runbooks/NAME?page=NUMBER"
  }
}
""",
)
VARIABLES = """variable "environment" {
  type        = string
  default     = "dev"
  description = "The stage: \\"dev\\" or \\"prod\\"."
}

variable "vpc_id" {
  type    = string
  default = "vpc-0a1b2c3d"
}

variable "tags" {
  type    = map(string)
  default = {}
}
"""


def filler(number: int) -> str:
    """The file of this number; its names occur in no other. It needs the variables above."""
    random = Random(number)
    parts: list[str] = []
    size = 0
    while size < SIZE:
        name = f"n{number}_{len(parts)}"
        text = random.choice(BLOCKS).replace("NAME", name).replace("NUMBER", str(random.randrange(1, 9_999)))
        parts.append(text)
        size += len(text)
    return "\n".join(parts)
