locals {
  rules = { a = 1, b = 2 }
}
resource "aws_security_group" "sg" {
  name = "x"
  dynamic "ingress" {
    for_each = local.rules
    iterator = rule
    content {
      from_port = rule.value
      to_port   = rule.value
      protocol  = "tcp"
    }
  }
}
resource "aws_iam_access_key" "k" { user = "u${length(local.rules)}" }
