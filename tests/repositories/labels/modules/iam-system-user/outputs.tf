output "user_name" {
  value       = local.username
  description = "Normalized IAM user name"
}

output "access_key_id" {
  value = join("", aws_iam_access_key.default[*].id)
}
