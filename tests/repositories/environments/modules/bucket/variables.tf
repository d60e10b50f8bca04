variable "name" {
  type = string
}

variable "versioned" {
  type    = bool
  default = true
}

variable "policy" {
  type    = string
  default = null
}
