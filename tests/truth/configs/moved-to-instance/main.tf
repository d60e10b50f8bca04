moved {
  from = aws_iam_access_key.k
  to   = aws_iam_access_key.k[0]
}
moved {
  from = module.m
  to   = module.m["x"]
}
resource "aws_iam_access_key" "k" {
  count = 1
  user  = "alice"
}
module "m" {
  for_each = toset(["x"])
  source   = "./m"
}
