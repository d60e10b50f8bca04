# The same rotation, done so that one key is active at any time: flip `live` to change over.
variable "live" {
  type = string

  validation {
    condition     = contains(["blue", "green"], var.live)
    error_message = "live is blue or green."
  }
}

resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_access_key" "ci" {
  for_each = toset(["blue", "green"])
  user     = aws_iam_user.ci.name
  status   = each.key == var.live ? "Active" : "Inactive"
}
