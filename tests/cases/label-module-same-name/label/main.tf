variable "namespace" { type = string }
variable "name" { type = string }
output "id" { value = "${var.namespace}-${var.name}" }
