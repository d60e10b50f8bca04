environment = "dev"

services = {
  api     = {}
  billing = { buckets = { "acme-dev-invoices" = { list = true } } }
  search  = { access_key = { rotation = true } } # the new key is still Inactive
}

teams = {
  platform = [
    { name = "Ann", admin = true, programmatic = true },
    { name = "ben" },
  ]
}
