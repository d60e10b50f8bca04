variable "defaults" {
  type    = any
  default = {}
}

variable "items" {
  type    = any
  default = {}
}
