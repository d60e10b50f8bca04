variable "environment" {
  type = string
}

variable "services" {
  type = map(object({
    access_key = optional(object({
      enabled         = optional(bool, true)
      status          = optional(string, "Active")
      rotation        = optional(bool, false)
      rotation_status = optional(string, "Inactive")
    }), {})
    buckets = optional(map(object({ list = optional(bool, false) })), {})
  }))
  default = {}
}

variable "teams" {
  type    = any
  default = {}
}
