output "user_name" {
  value = module.ses_user.user_name
}

output "user_arn" {
  value = module.ses_user.user_arn
}

output "user_unique_id" {
  value = module.ses_user.user_unique_id
}
