variable "users" { type = any }
resource "aws_iam_access_key" "k" {
  count = length(var.users)
  user  = try(var.users[count.index].name, var.users[count.index])
}
