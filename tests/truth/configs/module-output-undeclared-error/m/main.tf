output "name" { value = "alice" }
