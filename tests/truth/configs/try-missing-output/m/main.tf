output "user" {
  value = "alice"
}
