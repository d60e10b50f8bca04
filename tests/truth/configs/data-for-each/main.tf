data "aws_iam_user" "all" {
  for_each  = toset(["a", "b"])
  user_name = "svc-${each.key}"
}
resource "aws_iam_access_key" "k" {
  for_each = data.aws_iam_user.all
  user     = each.value.user_name
}
