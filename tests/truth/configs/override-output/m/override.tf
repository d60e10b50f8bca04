output "name" { value = "changed" }
