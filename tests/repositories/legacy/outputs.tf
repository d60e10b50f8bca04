output "admin_keys" {
  value = "${zipmap(aws_iam_user.admin.*.name, aws_iam_access_key.admin.*.id)}"
}

output "developer_keys" {
  value = { for k, v in aws_iam_access_key.developer : k => v.id }
}
