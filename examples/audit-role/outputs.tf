output "role_arn" {
  description = "ARN of the role, for role-to-assume in a workflow or --role-arn."
  value       = aws_iam_role.audit.arn
}
