variable "n" {
  default   = 1
  ephemeral = true
}
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = "alice"
}
