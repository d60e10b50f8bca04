user = "never"
