variable "users" {
  type = list(object({
    name = string
    access_keys = list(object({
      name    = string
      pgp_key = string
      status  = string
    }))
  }))
  default = []
}
