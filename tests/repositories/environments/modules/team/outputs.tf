output "members" {
  value = { for name, m in module.member : name => m.iam_user_name }
}
