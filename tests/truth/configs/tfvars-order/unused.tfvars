h = "unused"
