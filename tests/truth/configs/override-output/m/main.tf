output "name" { value = "base" }
