variable "namespace" { type = string }
module "reader" {
  source    = "./label"
  namespace = var.namespace
  name      = "reader"
}
module "writer" {
  source    = "./label"
  namespace = var.namespace
  name      = "writer"
}
resource "aws_iam_access_key" "reader" { user = module.reader.id }
resource "aws_iam_access_key" "writer" { user = module.writer.id }
