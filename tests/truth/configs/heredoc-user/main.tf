locals {
  plain = <<EOT
alice
EOT
  block = <<-EOT
    bob
    carol
    EOT
}
resource "aws_iam_access_key" "a" { user = trimspace(local.plain) }
resource "aws_iam_access_key" "b" {
  for_each = toset(compact(split("\n", local.block)))
  user     = each.key
}
resource "aws_iam_access_key" "c" {
  user = chomp(<<-EOT
    %{if length(local.plain) > 3~}
    long
    %{~else~}
    short
    %{~endif~}
  EOT
  )
}
