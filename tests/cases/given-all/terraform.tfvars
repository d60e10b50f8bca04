blue  = true
green = true
