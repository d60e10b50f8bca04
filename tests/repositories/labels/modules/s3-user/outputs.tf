output "user_name" {
  value = module.s3_user.user_name
}
