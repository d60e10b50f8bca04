u = upper("alice")
