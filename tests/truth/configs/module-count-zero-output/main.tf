module "m" {
  count  = 0
  source = "./m"
}
resource "aws_iam_access_key" "k" {
  user = coalesce(one(module.m[*].name), "fallback")
}
resource "aws_iam_access_key" "j" {
  user = join("", concat(module.m[*].name, ["joined"]))
}
