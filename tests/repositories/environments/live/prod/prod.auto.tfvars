services = {
  api    = {}
  mailer = {}
  crm    = { enabled = false }
  search = { access_key = { status = "Inactive", rotation = true, rotation_status = "Active" } }
}
