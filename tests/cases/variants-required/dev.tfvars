keys = 1
