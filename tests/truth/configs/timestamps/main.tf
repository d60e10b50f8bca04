resource "aws_iam_access_key" "a" { user = "u-${formatdate("YYYY", timestamp())}" }
resource "aws_iam_access_key" "b" { user = plantimestamp() == plantimestamp() ? "same" : "other" }
resource "aws_iam_access_key" "c" { user = uuidv5("dns", "x") }
