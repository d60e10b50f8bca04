"""Module calls whose code is not on disk and that no table knows."""

from __future__ import annotations

import pytest

from tests.checking import Checked, Checker

ELSEWHERE = "git::https://git.example.com/modules.git//thing?ref=v1"
USER = 'resource "aws_iam_user" "u" { name = "alice" }\n'
KEY = 'resource "aws_iam_access_key" "k" { user = aws_iam_user.u.name }\n'
NOT_INSTALLED = ["Module not installed"]


def call(arguments: str = "", source: str = ELSEWHERE, name: str = "m") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  {arguments}\n}}\n'


def listed(ran: Checked) -> list[str]:
    found: list[str] = ran.report["coverage"]["modules_not_analysed"]
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        'name = "alice"\ncidr = "10.0.0.0/16"',
        "username = null",
        "depends_on = [aws_iam_user.u]",
        "secret = aws_iam_access_key.k.secret",
        "secrets = [for key in aws_iam_access_key.named : key.secret]",
        "secrets = { for name, key in aws_iam_access_key.named : name => key.secret }",
        'secret = aws_iam_access_key.named["one"].secret',
        "secret = aws_iam_access_key.many[0].secret",
        "secrets = aws_iam_access_key.many[*].id",
        "secret = local.secret",
        "tags = { user = local.team }",
        'count = 0\nuser = "alice"',
        "for_each = {}\nuser = aws_iam_user.u.name",
    ],
)
def test_a_call_that_has_nothing_to_do_with_users_is_listed(check: Checker, arguments: str) -> None:
    rest = """
resource "aws_iam_access_key" "many" {
  count = 1
  user  = "svc-${count.index}"
}
resource "aws_iam_access_key" "named" {
  for_each = toset(["one"])
  user     = "svc-${each.key}"
}
locals {
  secret = aws_iam_access_key.k.secret
  team   = "blue"
}
"""
    ran = check(USER + KEY + rest + call(arguments))
    assert (ran.verdict, ran.code, ran.report["diagnostics"]) == ("pass", 0, [])
    assert listed(ran) == [f"module.m ({ELSEWHERE})"]
    strict = check(USER + KEY + rest + call(arguments), ".", "--require-complete")
    assert (strict.code, strict.summaries) == (1, ["Modules not analysed"])


@pytest.mark.parametrize("name", ["user", "user_name", "username", "iam_user"])
@pytest.mark.parametrize("value", ['"alice"', "var.who", "upper(var.who)"])
def test_an_argument_that_names_a_user_is_undetermined(check: Checker, name: str, value: str) -> None:
    ran = check('variable "who" {}\n' + call(f"{name} = {value}"))
    assert (ran.verdict, ran.code, ran.summaries) == ("undetermined", 3, NOT_INSTALLED)
    (said,) = ran.report["diagnostics"]
    assert (said["file"], said["line"]) == ("main.tf", 2)
    assert all(
        word in said["detail"] for word in (ELSEWHERE, "module.m", name, "terraform init -backend=false")
    )
    assert listed(ran) == []


@pytest.mark.parametrize(
    "value",
    [
        "aws_iam_user.u.name",
        "resource.aws_iam_user.u.name",
        "data.aws_iam_users.all.names",
        "local.step0",
        "aws_iam_user.u.arn",
        '"${aws_iam_user.u.name}-policy"',
        "[aws_iam_user.u.id]",
        "{ who = aws_iam_user.u }",
        "aws_iam_user.u",
        "upper(aws_iam_user.u.name)",
        "local.who",
        "local.map.who",
        "[for user in local.users : user]",
        "[for user in [aws_iam_user.u] : user.name]",
        "[for user in concat([aws_iam_user.u.name], []) : user]",
        "{ for user in aws_iam_user.u[*] : user.path => [for part in user : part] }",
        "[for key in aws_iam_access_key.many : [for inner in key : inner]]",
        "[for key in aws_iam_access_key.per_user[aws_iam_user.u.name] : 1]",
        "[for key in aws_iam_access_key.many : key.user]",
        "[for name, key in aws_iam_access_key.per_user : name]",
        "aws_iam_access_key.k.user",
        "aws_iam_access_key.k",
        "aws_iam_access_key.many[*].user",
        "aws_iam_access_key.many[0].user",
        "data.aws_iam_user.known.user_name",
        "module.own.who",
        "module.own",
        "module.own.inner",
        "terraform_data.d.input",
        'var.flag ? aws_iam_user.u.name : ""',
        "try(aws_iam_user.u.name, null)",
        '"%{ for user in [aws_iam_user.u.name] }${user}%{ endfor }"',
    ],
)
def test_a_value_that_comes_from_a_user_is_undetermined(check: Checker, value: str) -> None:
    rest = """
variable "flag" { default = true }
locals {
  who   = aws_iam_user.u.name
  map   = { who = aws_iam_user.u.name, other = 1 }
  users = aws_iam_user.u[*].name
}
resource "aws_iam_access_key" "many" {
  count = 1
  user  = "svc-${count.index}-${aws_iam_user.u.name}"
}
resource "aws_iam_access_key" "per_user" {
  for_each = toset([aws_iam_user.u.name])
  user     = "x-${each.key}"
}
resource "terraform_data" "d" { input = aws_iam_user.u.name }
data "aws_iam_user" "known" { user_name = "bob" }
module "own" {
  source = "./own"
  given  = aws_iam_user.u.name
}
"""
    own = 'variable "given" {}\noutput "who" { value = var.given }\noutput "inner" { value = aws_iam_user.i.name }\nresource "aws_iam_user" "i" { name = "inner" }\n'
    rest += 'data "aws_iam_users" "all" {}\nlocals {\n'
    rest += "".join(f"  step{number} = local.step{number + 1}\n" for number in range(250))
    rest += "  step250 = aws_iam_user.u.name\n}\n"
    ran = check({"main.tf": USER + KEY + rest + call(f"thing = {value}"), "own/main.tf": own})
    assert (ran.verdict, ran.summaries) == ("undetermined", NOT_INSTALLED)


@pytest.mark.parametrize(
    "value", ["module.other.name", "module.other", "var.given", "path.module", "local.around"]
)
def test_where_nothing_leads_to_a_user_nothing_is_suspected(check: Checker, value: str) -> None:
    rest = 'variable "given" { default = 1 }\nlocals { around = [for item in local.around : item] }\n'
    ran = check(USER + KEY + rest + call(name="other") + call(f"thing = {value}"))
    assert (ran.verdict, ran.code) == ("pass", 0)
    assert len(listed(ran)) == len(["other", "m"])


def test_a_call_that_terraform_refuses(check: Checker) -> None:
    ran = check(call('user = "alice"\n  count = "several"'))
    assert (ran.code, ran.summaries) == (3, ["Invalid count argument"])


def test_the_user_that_is_named_is_undetermined_and_the_others_are_not(check: Checker) -> None:
    other = 'resource "aws_iam_access_key" "bob" { user = "bob" }\n'
    ran = check(USER + KEY + other + call("user = aws_iam_user.u.name"))
    assert {user["user"]: user["verdict"] for user in ran.report["users"]} == {
        "alice": "undetermined",
        "bob": "pass",
    }
    assert ran.active == {"alice": (1, None), "bob": (1, 1)}
    assert ran.code == 1


@pytest.mark.parametrize(
    "source",
    [
        "git::https://git.example.com/terraform-aws-iam-user.git",
        "app.terraform.io/org/iam-user/aws",
        "git@git.example.com:infra/modules.git//aws/iam_user",
        "s3::https://s3.amazonaws.com/modules/access-keys.zip",
    ],
)
def test_a_source_that_speaks_of_users_is_undetermined(check: Checker, source: str) -> None:
    ran = check(call('name = "alice"', source))
    assert (ran.verdict, ran.code, ran.summaries) == ("undetermined", 3, NOT_INSTALLED)


def test_a_module_that_names_the_user_of_a_key_is_undetermined(check: Checker) -> None:
    key = 'resource "aws_iam_access_key" "k" { user = "${module.m.prefix}-x" }\n'
    ran = check(call() + key)
    assert (ran.verdict, ran.summaries) == ("undetermined", NOT_INSTALLED)
    assert "it names the user of aws_iam_access_key.k" in ran.report["diagnostics"][0]["detail"]
    assert [user["verdict"] for user in ran.report["users"]] == ["undetermined"]


def test_a_name_from_a_module_for_a_user_of_its_own_is_fine(check: Checker) -> None:
    ran = check(call() + USER.replace('"alice"', "module.m.id") + KEY)
    assert (ran.verdict, ran.code) == ("pass", 0)
    assert listed(ran) == [f"module.m ({ELSEWHERE})"]


def test_a_number_from_a_module_is_undetermined(check: Checker) -> None:
    ran = check(
        call() + USER + KEY.replace("{ user", "{\n count = module.m.keys\n user").replace(" }\n", "\n}\n")
    )
    assert (ran.verdict, ran.active) == ("undetermined", {"alice": (0, None)})
    assert "terraform init -backend=false" in ran.report["users"][0]["why"]


def test_calls_inside_of_modules_are_judged_by_what_they_are_given(check: Checker) -> None:
    inner = 'variable "who" {}\n' + call("thing = var.who", name="deep")
    outer = 'module "%s" {\n  source = "./inner"\n  who = %s\n}\n'
    ran = check({"main.tf": USER + outer % ("a", '"x"'), "inner/main.tf": inner})
    assert (ran.verdict, listed(ran)) == ("pass", [f"module.a.module.deep ({ELSEWHERE})"])
    ran = check({"main.tf": USER + outer % ("a", "aws_iam_user.u.name"), "inner/main.tf": inner})
    assert (ran.verdict, ran.summaries) == ("undetermined", NOT_INSTALLED)
    assert "module.a.module.deep" in ran.report["diagnostics"][0]["detail"]
    repeated = (outer % ("a", "each.key")).replace("who", "for_each = toset([aws_iam_user.u.name])\n  who")
    assert check({"main.tf": USER + repeated, "inner/main.tf": inner}).verdict == "undetermined"


def test_one_call_is_listed_once(check: Checker) -> None:
    ran = check({"a/main.tf": call(), "b/main.tf": call()})
    assert listed(ran) == [f"module.m ({ELSEWHERE})"]
    assert ran.report["coverage"]["roots"] == ["a", "b"]


@pytest.mark.parametrize("repetition", ["", "count = 0"])
def test_a_local_path_that_does_not_exist_is_an_error(check: Checker, repetition: str) -> None:
    ran = check(call(repetition, "./nowhere"))
    assert (ran.verdict, ran.code) == ("undetermined", 3)
    assert ran.summaries == ["Unreadable module directory"]
    assert listed(ran) == []


def test_a_source_that_opentofu_evaluates(check: Checker) -> None:
    own = 'resource "aws_iam_access_key" "k" {\n  count = 2\n  user = "alice"\n}\n'
    text = 'variable "from" { default = "./own" }\nmodule "m" { source = var.from }\n'
    ran = check({"main.tofu": text, "own/main.tf": own}, "main.tofu")
    assert (ran.verdict, ran.active["alice"]) == ("violation", (2, 2))
    assert ran.report["users"][0]["keys"][0]["address"] == "module.m.aws_iam_access_key.k[0]"


def test_a_source_that_is_not_given_is_undetermined(check: Checker) -> None:
    ran = check({"main.tofu": 'variable "from" {}\nmodule "m" { source = var.from }\n'})
    assert (ran.verdict, ran.code, ran.summaries) == ("undetermined", 3, NOT_INSTALLED)
    assert "module.m (source not known) is not on disk" in ran.report["diagnostics"][0]["detail"]


def test_a_version_that_opentofu_evaluates(check: Checker) -> None:
    source = "terraform-aws-modules/iam/aws//modules/iam-user"
    text = f'locals {{ v = "6.5.0" }}\nmodule "m" {{\n  source = "{source}"\n  version = local.v\n  name = "alice"\n}}\n'
    ran = check({"main.tofu": text})
    assert (ran.verdict, ran.active) == ("pass", {"alice": (1, 1)})
    assert ran.report["users"][0]["keys"][0]["address"] == "module.m.aws_iam_access_key.this[0]"


def test_a_root_with_nothing_but_calls_is_a_root(check: Checker) -> None:
    ran = check(call())
    assert ran.report["coverage"]["roots"] == ["."]
    assert ran.report["users"] == []
