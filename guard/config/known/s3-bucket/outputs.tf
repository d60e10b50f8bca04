output "user_name" {
  value = module.s3_user.user_name
}

output "user_arn" {
  value = module.s3_user.user_arn
}

output "user_unique_id" {
  value = module.s3_user.user_unique_id
}
