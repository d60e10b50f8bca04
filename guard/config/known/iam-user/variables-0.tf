variable "name" {
  type = string
}

variable "create_user" {
  type    = bool
  default = true
}

variable "create_iam_access_key" {
  type    = bool
  default = true
}

variable "pgp_key" {
  type    = string
  default = ""
}
