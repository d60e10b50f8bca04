variable "name" {
  type = string
}

variable "members" {
  type = list(object({
    name         = string
    admin        = optional(bool, false)
    programmatic = optional(bool, false)
    pgp_key      = optional(string, "")
  }))
  default = []
}
