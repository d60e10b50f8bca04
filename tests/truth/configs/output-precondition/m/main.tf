variable "name" { default = "alice" }
output "name" {
  value = var.name
  precondition {
    condition     = length(var.name) > 3
    error_message = "too short"
  }
}
