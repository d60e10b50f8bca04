users = {
  alice = { keys = { main = {}, spare = { status = "Inactive" } } }
  bob   = { keys = { main = {} } }
}
