output "name" { value = "root" }
