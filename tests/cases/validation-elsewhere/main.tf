variable "env" {
  type = string
  validation {
    condition     = contains(["dev", "prod"], var.env)
    error_message = "env is dev or prod."
  }
}

variable "second" {
  type = bool
}

resource "aws_iam_access_key" "first" {
  user = "ci"
}

resource "aws_iam_access_key" "second" {
  count = var.second ? 1 : 0
  user  = "ci"
}
