variable "create_user" {
  description = "Whether to create the IAM user"
  type        = bool
  default     = true
}

variable "create_iam_access_key" {
  description = "Whether to create an access key"
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the IAM user"
  type        = string
}

variable "path" {
  type    = string
  default = "/"
}

variable "force_destroy" {
  type    = bool
  default = false
}

variable "pgp_key" {
  description = "Either a base-64 encoded PGP public key, or keybase:username"
  type        = string
  default     = ""
}

variable "iam_access_key_status" {
  type    = string
  default = null
}

variable "permissions_boundary" {
  type    = string
  default = ""
}

variable "policy_arns" {
  type    = map(string)
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}
