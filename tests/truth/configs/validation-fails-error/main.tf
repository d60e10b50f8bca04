variable "names" {
  type    = list(string)
  default = ["alice", "alice"]
  validation {
    condition     = length(distinct(var.names)) == length(var.names)
    error_message = "Names must differ."
  }
}
resource "aws_iam_access_key" "k" {
  count = length(var.names)
  user  = var.names[count.index]
}
