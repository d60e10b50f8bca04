variable "account_id" {
  type = string
}

variable "rotate" {
  description = "Gives the deployer a second, active key"
  type        = bool
}
