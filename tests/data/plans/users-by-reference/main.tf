variable "acct" {
  default = "222222222222"
}
provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::${var.acct}:role/x"
  }
}
provider "aws" {
  alias               = "dev"
  allowed_account_ids = [var.acct]
}
resource "random_pet" "p" {
}
resource "aws_iam_user" "each" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}
resource "aws_iam_user" "count" {
  count = 2
  name  = "c${count.index}"
}
resource "aws_iam_user" "one" {
  name = "one"
}
resource "aws_iam_user" "later" {
  name = random_pet.p.id
}
resource "aws_iam_access_key" "each_value" {
  for_each = aws_iam_user.each
  user     = each.value.id
}
resource "aws_iam_access_key" "each_key" {
  for_each = toset(["alice", "bob"])
  user     = aws_iam_user.each[each.key].id
  status   = "Inactive"
}
resource "aws_iam_access_key" "count_index" {
  count = 2
  user  = aws_iam_user.count[count.index].id
}
resource "aws_iam_access_key" "computed_index" {
  count  = 4
  user   = aws_iam_user.count[count.index % 2].id
  status = "Inactive"
}
resource "aws_iam_access_key" "index" {
  user = aws_iam_user.count[1].id
}
resource "aws_iam_access_key" "direct" {
  user = aws_iam_user.one.id
}
resource "aws_iam_access_key" "tried" {
  user   = try(aws_iam_user.one.id, "x")
  status = "Inactive"
}
resource "aws_iam_access_key" "later" {
  user = aws_iam_user.later.name
}
resource "aws_iam_access_key" "later_id" {
  user   = aws_iam_user.later.id
  status = "Inactive"
}
resource "aws_iam_access_key" "by_output" {
  user   = module.single.id
  status = "Inactive"
}
resource "aws_iam_access_key" "by_output_of_instance" {
  user   = module.many["alice"].id
  status = "Inactive"
}
resource "aws_iam_access_key" "joined" {
  user   = join("", aws_iam_user.count[*].id)
  status = "Inactive"
}
resource "aws_iam_access_key" "conditional" {
  user   = var.acct == "" ? "x" : aws_iam_user.one.id
  status = "Inactive"
}
module "many" {
  source   = "./m"
  for_each = aws_iam_user.each
  who      = each.value.id
}
module "single" {
  source = "./m"
  who    = aws_iam_user.one.id
}
module "team" {
  source = "./team"
}
module "own" {
  source = "./own"
  role   = "arn:aws:iam::333333333333:role/x"
}
module "dev" {
  source = "./m"
  who    = "someone"
  providers = {
    aws = aws.dev
  }
}
