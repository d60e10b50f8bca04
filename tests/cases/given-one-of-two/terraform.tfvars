blue = true
