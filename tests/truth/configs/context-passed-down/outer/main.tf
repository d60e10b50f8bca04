variable "context" { type = any }
module "inner" {
  source  = "../inner"
  context = merge(var.context, { name = "job" })
}
