resource "aws_iam_user" "u" {
  for_each = toset(["a", "b"])
  name     = "user-${each.key}"
}
module "m" {
  source = "./m"
  users  = aws_iam_user.u
}
