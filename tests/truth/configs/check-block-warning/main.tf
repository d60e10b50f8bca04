resource "aws_iam_access_key" "k" { user = "alice" }
check "never" {
  assert {
    condition     = aws_iam_access_key.k.user == "bob"
    error_message = "Never true."
  }
}
