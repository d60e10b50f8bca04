resource "aws_iam_access_key" "k" {
  user = false ? [for name in ["many"] : tonumber(name)] : "alice"
}
