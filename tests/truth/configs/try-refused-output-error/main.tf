module "m" {
  source = "./m"
}

resource "aws_iam_access_key" "k" {
  user = try(module.m.user, "alice")
}
