variable "force_destroy" {
  type    = bool
  default = false
}

variable "path" {
  type    = string
  default = "/"
}

variable "inline_policies" {
  type    = list(string)
  default = []
}

variable "create_iam_access_key" {
  type    = bool
  default = true
}

variable "rotate" {
  type    = bool
  default = false
}

variable "permissions_boundary" {
  type    = string
  default = null
}
