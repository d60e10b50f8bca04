resource "aws_iam_access_key" "k" {
  user = "%{ if true }alice%{ else }${local.user}%{ endif }"
}
