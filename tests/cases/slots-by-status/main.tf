variable "users" { type = set(string) }
variable "live" { type = string }
resource "aws_iam_access_key" "k" {
  for_each = { for p in setproduct(var.users, ["blue", "green"]) : join("/", p) => { u = p[0], s = p[1] } }
  user     = each.value.u
  status   = each.value.s == var.live ? "Active" : "Inactive"
}
