removed {
  from = aws_iam_access_key.gone
  lifecycle {
    destroy = false
  }
}
resource "aws_iam_access_key" "k" { user = "alice" }
