variable "name" {
  default   = "hidden"
  sensitive = true
}
module "m" {
  source = "./m"
  name   = var.name
}
resource "aws_iam_access_key" "k" { user = var.name }
