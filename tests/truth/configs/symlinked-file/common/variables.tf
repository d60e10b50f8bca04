variable "user" { default = "linked" }
