module "user" {
  for_each = toset(["bob", "alice"])
  source   = "./m"
  name     = each.key
}
output "names" {
  value = [for u in module.user : u.name]
}
resource "aws_iam_access_key" "extra" {
  for_each = module.user
  user     = each.value.name
}
