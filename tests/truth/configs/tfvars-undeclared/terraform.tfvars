nobody = "x"
