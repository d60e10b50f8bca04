removed {
  from = aws_iam_access_key.k
  lifecycle {
    destroy = true
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
