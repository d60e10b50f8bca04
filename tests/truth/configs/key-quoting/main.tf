resource "aws_iam_access_key" "k" {
  for_each = {
    "a\"b"    = "q"
    "c.d[0]"  = "dots"
    "e\\f"    = "back"
    "g\nh"    = "line"
    "$${x}"   = "tmpl"
    "é"       = "accent"
  }
  user = each.value
}
