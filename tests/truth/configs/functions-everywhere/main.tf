locals {
  raw   = "  Team: Data-Platform / Env: PROD  "
  parts = { for kv in split("/", trimspace(local.raw)) : lower(trimspace(split(":", kv)[0])) => trimspace(split(":", kv)[1]) }
  name  = join("-", [for k in ["team", "env"] : lower(local.parts[k])])
}
resource "aws_iam_access_key" "k" { user = substr(format("svc-%s-%s", local.name, md5(local.name)), 0, 30) }
resource "aws_iam_access_key" "j" { user = "${local.name}-${length(regexall("a", local.name))}" }
