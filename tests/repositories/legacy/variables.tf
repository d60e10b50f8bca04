variable "region" {
  default = "eu-central-1"
}

variable "admins" {
  type    = list(string)
  default = ["root-admin"]
}

variable "developers" {
  type    = list(string)
  default = []
}

variable "bots_enabled" {
  default = "true"
}

variable "keys" {
  description = "user:key to options"
  type = map(object({
    status = optional(string, "Active")
    note   = optional(string)
  }))
  default = {}
}
