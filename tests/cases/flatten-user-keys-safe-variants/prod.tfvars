users = {
  alice = { keys = { main = {}, spare = {} } }
  bob   = { keys = { main = {} } }
}
