variable "name" {
  default   = "hidden"
  sensitive = true
}
resource "aws_iam_access_key" "k" { user = var.name }
output "user" { value = aws_iam_access_key.k.user }
