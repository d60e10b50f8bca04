e = "extra"
f = "extra"
