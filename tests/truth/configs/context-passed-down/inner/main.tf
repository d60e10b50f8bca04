variable "context" {
  type = object({
    env     = string
    name    = string
    enabled = optional(bool, false)
    status  = optional(string, "Active")
  })
}
resource "aws_iam_access_key" "k" {
  count  = var.context.enabled ? 1 : 0
  user   = "${var.context.env}-${var.context.name}"
  status = var.context.status
}
