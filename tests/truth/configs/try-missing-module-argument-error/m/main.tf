variable "user" {
}

output "user" {
  value = var.user
}
