u = "bob
