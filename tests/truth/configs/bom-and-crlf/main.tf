locals {
  u = <<-EOT
    alice
  EOT
}
resource "aws_iam_access_key" "k" {
  user = trimspace(local.u)
}
