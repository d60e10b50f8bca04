variable "n" { type = number }
resource "aws_iam_access_key" "k" {
  count = var.n
  user  = element(split(",", "a,b,c,d,e,f,g"), count.index)
}
