import {
  for_each = {}
  to       = aws_iam_access_key.k
  id       = each.value
}
resource "aws_iam_access_key" "k" { user = "alice" }
