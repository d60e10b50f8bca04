variable "arns" {
  default = ["arn:aws:iam::111122223333:user/ops/alice", "arn:aws:iam::111122223333:user/bob"]
}
resource "aws_iam_access_key" "k" {
  for_each = { for a in var.arns : regex("[^/]+$", a) => a }
  user     = each.key
}
resource "aws_iam_access_key" "alias" {
  user = replace(lower("Deploy Bot #1"), "/[^a-z0-9]+/", "-")
}
