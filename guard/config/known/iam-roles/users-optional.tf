variable "users" {
  type = list(object({
    name = string
    access_keys = optional(list(object({
      name    = string
      pgp_key = optional(string)
      status  = optional(string, "Active")
    })), [])
  }))
  default = []
}
