"""A plan and the configuration that it was made from, together."""

from pathlib import Path
from typing import Any

import pytest

from tests.inventory.joining import Check, shown
from tests.inventory.writing import call, change, expression, key, plan, provider, resource

K, L = "aws_iam_access_key.k", "aws_iam_access_key.l"
UNKNOWN_PAIR = [change(address, ["create"], None, key(None), ("user",)) for address in (K, L)]


def blocks(user: str, other: str) -> list[dict[str, Any]]:
    return [resource(K, user=[user]), resource(L, user=[other])]


def code(user: str, other: str, rest: str = "") -> str:
    pair = zip("kl", (user, other), strict=True)
    return (
        "".join(f'resource "aws_iam_access_key" "{name}" {{\n  user = {value}\n}}\n' for name, value in pair)
        + rest
    )


LOCALS = 'locals {\n  u = aws_iam_user.x.id\n}\nresource "aws_iam_user" "x" {\n  name = "ex"\n}\n'
PET = 'resource "random_pet" "p" {\n}\n'

# name: (user of k and of l as references in the plan, as written, the rest of the code, users found)
USERS = {
    "a local value": ("local.u", "local.u", "local.u", "local.u", LOCALS, [("ex", "violation")]),
    "a computed name, twice": (
        "random_pet.p.id",
        "random_pet.p.id",
        "random_pet.p.id",
        "random_pet.p.id",
        PET,
        [("random_pet.p.id", "violation")],
    ),
    "a computed name and one made of it": (
        "random_pet.p.id",
        "random_pet.p.id",
        "random_pet.p.id",
        '"${random_pet.p.id}-2"',
        PET,
        [("random_pet.p.id", "pass"), ("${random_pet.p.id}-2", "pass")],
    ),
}


@pytest.mark.parametrize("name", USERS)
def test_users_that_the_plan_does_not_know(name: str, joined: Check) -> None:
    first, second, one, other, rest, expected = USERS[name]
    joined.write(plan(UNKNOWN_PAIR, blocks(first, second)), root=code(one, other, rest))
    assert {user["verdict"] for user in joined()["users"]} == {"undetermined"}
    report = joined("root")
    assert shown(report) == [("default", user, verdict, "plan") for user, verdict in expected]
    assert report["diagnostics"] == []


def test_keys_have_their_lines(joined: Check) -> None:
    joined.write(plan(UNKNOWN_PAIR, blocks("local.u", "local.u")), root=code("local.u", "local.u", LOCALS))
    keys = joined("root")["users"][0]["keys"]
    assert [(Path(item["file"]).name, item["line"]) for item in keys] == [("main.tf", 1), ("main.tf", 4)]


ALIASES = """
provider "aws" {
  alias = "a"
  assume_role {
    role_arn = local.roles.a
  }
}
provider "aws" {
  alias = "b"
  dynamic "assume_role" {
    for_each = [local.roles.b]
    content {
      role_arn = assume_role.value
    }
  }
}
locals {
  roles = { a = "arn:aws:iam::111111111111:role/x", b = "arn:aws:iam::222222222222:role/x" }
}
"""


def test_accounts_that_the_plan_does_not_know(joined: Check) -> None:
    changes = [change(address, ["create"], None, key("u")) for address in (K, L)]
    providers = {
        "aws.a": provider("a", assume_role=[["local.roles.a"]]),
        "aws.b": provider("b", assume_role=[["local.roles.b"]]),
    }
    made = [resource(K, provider="aws.a", user="u"), resource(L, provider="aws.b", user="u")]
    text = "".join(
        f'resource "aws_iam_access_key" "{name}" {{\n  user     = "u"\n  provider = aws.{alias}\n}}\n'
        for name, alias in (("k", "a"), ("l", "b"))
    )
    joined.write(plan(changes, made, providers=providers), root=text + ALIASES)
    assert {user["verdict"] for user in joined()["users"]} == {"undetermined"}
    assert shown(joined("root")) == [
        ("111111111111", "u", "pass", "plan"),
        ("222222222222", "u", "pass", "plan"),
    ]


def test_an_account_concluded_from_signs_becomes_certain(joined: Check) -> None:
    changes = [change(address, ["create"], None, key("u")) for address in (K, L)]
    role = "arn:aws:iam::222222222222:role/x"
    providers = {"aws": provider(assume_role=[["var.id"]]), "aws.b": provider("b", assume_role=[role])}
    document = plan(
        changes,
        [resource(K, user="u"), resource(L, provider="aws.b", user="u")],
        providers=providers,
        variables={"id": "111111111111"},
    )
    hub = (
        'variable "id" {}\nprovider "aws" {\n  assume_role {\n'
        '    role_arn = "arn:aws:iam::222222222222:role/for-${var.id}"\n  }\n}\n'
        f'provider "aws" {{\n  alias = "b"\n  assume_role {{\n    role_arn = "{role}"\n  }}\n}}\n'
    )
    text = code('"u"', '"u"\n  provider = aws.b', hub)
    joined.write(document, root=text)
    assert {user["verdict"] for user in joined()["users"]} == {"undetermined"}
    assert shown(joined("root")) == [("222222222222", "u", "violation", "plan")]


def test_a_status_that_the_plan_does_not_know(joined: Check) -> None:
    changes = [change(address, ["create"], None, key("u", None), ("status",)) for address in (K, L)]
    made = [resource(address, user="u", status=["local.s"]) for address in (K, L)]
    text = code('"u"\n  status = "Inactive"', '"u"\n  status = "Inactive"')
    joined.write(plan(changes, made), root=text)
    assert shown(joined("root")) == [("default", "u", "pass", "plan")]


def test_the_variables_of_the_plan_count(joined: Check) -> None:
    """One key for each name, and the names are in the plan only; what was too large stays open."""
    changes = [change(f'{K}["{name}"]', ["create"], None, key(None), ("user",)) for name in ("ann", "bob")]
    text = (
        'variable "names" { type = set(string) }\nvariable "large" { default = "x" }\n'
        "locals {\n  users = { for name in var.names : name => aws_iam_user.x[name].id }\n}\n"
        'resource "aws_iam_user" "x" {\n  for_each = var.names\n  name = each.key\n}\n'
        'resource "aws_iam_access_key" "k" {\n  for_each = var.names\n  user = local.users[each.key]\n}\n'
    )
    variables = {"names": ["ann", "bob"], "large": {"a": ["x" * 3000]}}
    document = plan(changes, [resource(K, user=["local.users", "each.key"])], variables=variables)
    joined.write(document, root=text)
    assert shown(joined("root")) == [("default", "ann", "pass", "plan"), ("default", "bob", "pass", "plan")]


def test_old_keys_are_told_apart_too(joined: Check) -> None:
    """What is deleted or forgotten keeps its own user; what stays may have an old name yet."""
    changes = [
        change(K, ["create", "delete"], key("old", key_id="A1"), key(None), ("user",)),
        change(L, ["no-op"], key("renamed", key_id="A2"), key("renamed", key_id="A2")),
        change("aws_iam_access_key.gone", ["forget"], key("ex", key_id="A3")),
    ]
    joined.write(plan(changes, blocks("local.u", "local.u")), root=code("local.u", "local.u", LOCALS))
    assert sorted(shown(joined("root"))) == [
        ("default", "ex", "violation", "plan"),
        ("default", "old", "pass", "plan"),
        ("default", "renamed", "pass", "plan"),
    ]


# --- which configuration ------------------------------------------------------------------------

OTHER_NAME = code("local.u", "local.u", LOCALS).replace('"l"', '"m"')
OTHER_COUNT = code("local.u", "local.u", LOCALS) + 'resource "aws_iam_access_key" "n" {\n  user = "x"\n}\n'
REFUSED = code("local.u", "local.u", LOCALS) + 'resource "aws_iam_access_key" "k" {\n  user = "x"\n}\n'


@pytest.mark.parametrize("text", [OTHER_NAME, OTHER_COUNT, REFUSED])
def test_another_configuration_is_no_help(joined: Check, text: str) -> None:
    joined.write(plan(UNKNOWN_PAIR, blocks("local.u", "local.u")), root=text)
    report = joined("root")
    assert {user["verdict"] for user in report["users"] if user["source"] == "plan"} == {"undetermined"}
    assert ("warning", "Plan not joined with a configuration") in [
        (item["severity"], item["summary"]) for item in report["diagnostics"]
    ]


def test_other_users_are_another_configuration(joined: Check) -> None:
    changes = [change(address, ["create"], None, key("u")) for address in (K, L)]
    joined.write(plan(changes, blocks("var.u", "var.u")), root=code('"v"', '"v"'))
    report = joined("root")
    assert shown(report) == [
        ("default", "v", "violation", "configuration"),
        ("default", "u", "violation", "plan"),
    ]
    assert [item["severity"] for item in report["diagnostics"]] == ["note"]


def test_the_spelling_of_a_name_tells_configurations_apart(joined: Check) -> None:
    changes = [change(address, ["create"], None, key(name)) for address, name in ((K, "u"), (L, "w"))]
    joined.write(plan(changes, blocks("var.u", "var.w")), one=code('"u"', '"w"'), other=code('"U"', '"w"'))
    assert [(user["source"], Path(user["root"]).name) for user in joined("one", "other")["users"]] == [
        ("configuration", "other"),
        ("configuration", "other"),
        ("plan", "plan.json"),
        ("plan", "plan.json"),
    ]


def test_two_configurations_that_fit(joined: Check) -> None:
    text = code("local.u", "local.u", LOCALS)
    joined.write(plan(UNKNOWN_PAIR, blocks("local.u", "local.u")), dev=text, prod=text)
    report = joined("dev", "prod")
    assert "2 of the root modules given fit the plan" in report["diagnostics"][0]["detail"]
    joined.plan = joined.plan.rename(joined.folder / "prod" / "plan.json")
    report = joined("dev", "prod")
    assert [(user["source"], Path(user["root"]).name) for user in report["users"]] == [
        ("configuration", "dev"),
        ("plan", "plan.json"),
    ]


def test_a_plan_of_some_of_the_keys(joined: Check) -> None:
    """`-target` leaves one out: the configuration still fits, and tells of the rest."""
    document = plan(UNKNOWN_PAIR[:1], blocks("local.u", "local.u"), complete=False)
    joined.write(document, root=code("local.u", "local.u", LOCALS))
    report = joined("root")
    assert shown(report) == [
        ("default", "ex", "violation", "configuration"),
        ("default", "ex", "pass", "plan"),
    ]
    assert [(item["severity"], item["summary"]) for item in report["diagnostics"]] == [
        ("note", "Incomplete plan")
    ]


def test_instances_that_the_configuration_leaves_open(joined: Check) -> None:
    changes = [change(f"{K}[{number}]", ["create"], None, key(None), ("user",)) for number in range(2)]
    text = (
        'data "aws_x" "d" {}\nlocals {\n  u = random_pet.p.id\n}\n'
        + PET
        + 'resource "aws_iam_access_key" "k" {\n  count = data.aws_x.d.n\n  user = local.u\n}\n'
    )
    joined.write(plan(changes, [resource(K, user=["local.u"])]), root=text)
    report = joined("root")
    assert {user["verdict"] for user in report["users"]} == {"undetermined"}
    assert {user["source"] for user in report["users"]} == {"plan"}


def test_modules_that_are_not_on_disk(joined: Check) -> None:
    inner = f"module.m.{K}"
    changes = [*UNKNOWN_PAIR, change(inner, ["create"], None, key("v"))]
    calls = {"m": call({"resources": [resource(K, user="v")]})}
    text = code("local.u", "local.u", LOCALS) + 'module "m" {\n  source = "example.com/x/y/z"\n}\n'
    joined.write(plan(changes, blocks("local.u", "local.u"), calls=calls), root=text)
    users = {user["user"]: user["verdict"] for user in joined("root")["users"]}
    assert users["ex"] == "violation"
    assert users["v"] == "pass"


def test_states_and_plans_without_keys_are_not_joined(joined: Check) -> None:
    joined.write(plan([]), root=code('"v"', '"w"'))
    report = joined("root")
    assert shown(report) == [
        ("default", "v", "pass", "configuration"),
        ("default", "w", "pass", "configuration"),
    ]
    assert report["diagnostics"] == []
    assert expression("x") == {"constant_value": "x"}


def test_a_directory_without_keys_is_no_matter(joined: Check) -> None:
    changes = [change(K, ["create"], None, key("u"))]
    joined.write(plan(changes, [resource(K, user="u")]), root='resource "null_resource" "x" {\n}\n')
    report = joined("root")
    assert shown(report) == [("default", "u", "pass", "plan")]
    assert report["diagnostics"] == []
