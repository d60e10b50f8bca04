output "iam_user_name" {
  description = "The user's name"
  value       = try(aws_iam_user.this[0].name, "")
}

output "iam_user_arn" {
  value = try(aws_iam_user.this[0].arn, "")
}

output "iam_access_key_id" {
  value = try(aws_iam_access_key.this[0].id, aws_iam_access_key.this_no_pgp[0].id, "")
}

output "iam_access_key_secret" {
  value     = try(aws_iam_access_key.this_no_pgp[0].secret, "")
  sensitive = true
}
