variable "who" {
  default   = "alice"
  ephemeral = true
}
resource "aws_iam_access_key" "k" { user = "svc-${var.who}" }
