variable "force_destroy" {
  type    = bool
  default = false
}

variable "create_access_key" {
  type    = bool
  default = true
}

variable "s3_actions" {
  type    = list(string)
  default = ["s3:GetObject"]
}

variable "s3_resources" {
  type = list(string)
}
