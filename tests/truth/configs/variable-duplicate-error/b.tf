variable "u" { default = "b" }
