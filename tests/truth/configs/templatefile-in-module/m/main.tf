variable "users" { type = list(string) }
locals {
  rendered = yamldecode(templatefile("${path.module}/users.tftpl", { users = var.users }))
}
resource "aws_iam_access_key" "k" {
  for_each = local.rendered
  user     = each.value
}
