count_ = "2"
on     = "true"
names  = ["x", "y", "x"]
conf   = { user = 5, other = "dropped" }
