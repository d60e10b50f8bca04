variable "plain" {}
variable "other" {}
resource "aws_iam_access_key" "k" { user = "${var.plain}-${var.other}" }
output "plain_out" { value = var.plain }
