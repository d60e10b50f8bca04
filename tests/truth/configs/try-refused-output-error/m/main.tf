output "user" {
  value = jsondecode("no document")
}
