variable "prefix" {
  type    = string
  default = ""
}

variable "environment" {
  type = string

  validation {
    condition     = contains(["dev", "stage", "prod"], var.environment)
    error_message = "The environment is dev, stage or prod."
  }
}

variable "service" {
  type = string
}

variable "access_key" {
  description = "Which keys the account has; during a rotation it has two"
  type = object({
    enabled         = optional(bool, true)
    status          = optional(string, "Active")
    rotation        = optional(bool, false)
    rotation_status = optional(string, "Inactive")
  })
  default = {}
}

variable "buckets" {
  type    = map(object({ list = optional(bool, false) }))
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}
