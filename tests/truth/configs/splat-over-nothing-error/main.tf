variable "users" {
  type    = list(string)
  default = []
}

resource "aws_iam_access_key" "k" {
  user = length(var.users[*].name) == 0 ? "alice" : "bob"
}
