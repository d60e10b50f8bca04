variable "namespace" {
  type    = string
  default = ""
}

variable "environment" {
  type    = string
  default = ""
}

variable "stage" {
  type    = string
  default = ""
}

variable "name" {
  type    = string
  default = ""
}

variable "enabled" {
  type    = bool
  default = true
}

variable "delimiter" {
  type    = string
  default = "-"
}

variable "attributes" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}
