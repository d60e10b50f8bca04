admins = [
  "alice",
  "bob",
]

developers = ["carol", "dan", "erin"]

keys = {
  "carol:laptop" = {}
  "carol:old"    = { status = "Inactive", note = "remove in June" }
  "dan:laptop"   = {}
  "dan:desktop"  = {}
}
