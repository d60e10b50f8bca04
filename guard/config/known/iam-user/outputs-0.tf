output "this_iam_user_name" {
  value = try(aws_iam_user.this[0].name, "")
}

output "this_iam_user_arn" {
  value = try(aws_iam_user.this[0].arn, "")
}

output "this_iam_user_unique_id" {
  value = try(aws_iam_user.this[0].unique_id, "")
}
