variable "users" { type = list(string) }
resource "aws_iam_access_key" "this" {
  count = length(var.users)
  user  = var.users[count.index]
}
