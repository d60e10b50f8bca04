/* resource "aws_iam_access_key" "no" { user = "alice" } */
# resource "aws_iam_access_key" "no2" { user = "alice" }
// "unclosed
resource "aws_iam_access_key" "k" { # user = "no"
  user = "a#b//c/*d*/" // "tail"
  /* status = "Inactive"
  } */
}
