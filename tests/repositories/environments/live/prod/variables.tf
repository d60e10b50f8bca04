variable "services" {
  type = map(object({
    enabled    = optional(bool, true)
    access_key = optional(any, {})
  }))
}
