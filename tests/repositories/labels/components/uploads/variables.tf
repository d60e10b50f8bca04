variable "region" {
  type    = string
  default = "us-east-2"
}

variable "stage" {
  type    = string
  default = "dev"
}
