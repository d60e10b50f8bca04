variable "ses_user_enabled" {
  type    = bool
  default = true
}
