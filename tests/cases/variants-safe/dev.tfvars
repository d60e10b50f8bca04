keys = { main = "Active", old = "Inactive" }
