keys = {}
