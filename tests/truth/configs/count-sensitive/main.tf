variable "n" {
  default   = 2
  sensitive = true
}
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = "alice"
}
