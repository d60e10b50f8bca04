resource "aws_iam_user" "admin" {
  count = "${length(var.admins)}"
  name  = "${element(var.admins, count.index)}"
  path  = "/admins/"
}

resource "aws_iam_access_key" "admin" {
  count = "${length(var.admins)}"
  user  = "${element(aws_iam_user.admin.*.name, count.index)}"
}

resource "aws_iam_user" "developer" {
  for_each = toset(var.developers)
  name     = each.key
}

resource "aws_iam_access_key" "developer" {
  for_each = var.keys
  user     = aws_iam_user.developer[split(":", each.key)[0]].name
  status   = each.value.status
}
