variable "user_enabled" {
  type    = bool
  default = false
}
