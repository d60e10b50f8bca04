output "name" {
  value = module.user.iam_user_name
}

output "access_key_id" {
  value = module.user.iam_access_key_id
}
