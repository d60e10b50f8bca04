resource "aws_iam_access\U0000005Fkey" "a" {
  user = "alice"
}

resource "aws_\u0069am_access_ke\u0079" "\u0062" {
  user = "alice"
}

resource "aws_iam_access_key" "c" {
  user = "bob"
}
