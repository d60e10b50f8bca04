resource "aws_iam_access_key" "k" {
  provider = aws.nowhere
  user     = "alice"
}
