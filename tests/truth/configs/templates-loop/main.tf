locals {
  text  = "%{for u in ["a", "b"]~}${u},%{endfor}"
  users = compact(split(",", local.text))
}
resource "aws_iam_access_key" "k" {
  count = length(local.users)
  user  = local.users[count.index]
}
