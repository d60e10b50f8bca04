locals {
  members = { for m in var.members : lower(m.name) => m }
  admins  = [for name, m in local.members : name if m.admin]
}

resource "aws_iam_group" "team" {
  name = var.name
}

module "member" {
  source   = "../iam-user"
  for_each = local.members

  name                  = "${var.name}.${each.key}"
  create_iam_access_key = each.value.programmatic
  pgp_key               = each.value.pgp_key
  force_destroy         = true
}

resource "aws_iam_group_membership" "team" {
  name  = var.name
  group = aws_iam_group.team.name
  users = [for m in module.member : m.iam_user_name]
}

resource "aws_iam_group_policy_attachment" "admin" {
  count = length(local.admins) > 0 ? 1 : 0

  group      = aws_iam_group.team.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
