resource "aws_iam_access_key" "inside" { user = "never" }
output "name" { value = "never" }
