resource "aws_iam_access_key" "payer_alice" {
  provider = aws.payer
  user     = "alice"
}

resource "aws_iam_access_key" "virginia_bob" {
  provider = aws.virginia
  user     = "bob"
  status   = "Inactive"
}
