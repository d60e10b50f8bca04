resource "aws_iam_access_key" "k" {
  user = "alice"
  lifecycle {
    ignore_changes = [pgp_key]
  }
}
