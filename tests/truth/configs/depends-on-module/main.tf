module "users" {
  source = "./users"
}
resource "aws_iam_access_key" "k" {
  user       = "alice"
  depends_on = [module.users]
}
