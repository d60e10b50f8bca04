env      = "prod"
accounts = { prod = "999988887777", dev = "111122223333" }
