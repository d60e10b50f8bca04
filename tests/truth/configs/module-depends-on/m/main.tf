resource "aws_iam_user" "u" { name = "late" }
resource "aws_iam_access_key" "k" { user = aws_iam_user.u.name }
output "name" { value = aws_iam_user.u.name }
