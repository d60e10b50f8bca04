resource "aws_security_group" "office" {
  name        = "office"
  description = <<-EOT
    Not a key:
    resource "aws_iam_access_key" "no" {
      user = "alice"
    }
  EOT

  dynamic "ingress" {
    for_each = [22, 443]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }
}
