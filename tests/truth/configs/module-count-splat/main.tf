module "m" {
  count  = 2
  source = "./m"
  index  = count.index
}
resource "aws_iam_access_key" "all" {
  for_each = toset(module.m[*].name)
  user     = each.value
}
resource "aws_iam_access_key" "second" {
  user = module.m[1].name
}
