variable "access_key_enabled" {
  type     = bool
  default  = true
  nullable = false
}
