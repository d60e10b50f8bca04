variable "live" { type = list(string) }
resource "aws_iam_access_key" "slot" {
  for_each = toset(["blue", "green"])
  user     = "deploy"
  status   = contains(var.live, each.key) ? "Active" : "Inactive"
}
