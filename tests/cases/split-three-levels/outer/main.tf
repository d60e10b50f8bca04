variable "legacy" { type = bool }
module "inner" {
  source  = "../inner"
  enabled = tostring(var.legacy)
}
