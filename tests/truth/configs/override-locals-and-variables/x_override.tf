variable "u" {
  default = 5
}
locals {
  b = "three"
}
