locals {
  größe = "straße"
  名前    = { キー = "値" }
}
resource "aws_iam_access_key" "schlüssel" { user = "${local.größe}-${local.名前.キー}" }
