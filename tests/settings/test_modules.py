"""Modules that the settings describe: what they make where their code is not on disk, and mistakes."""

from __future__ import annotations

import json

import pytest

from tests.checking import Checked, Checker

FILE = ".iam-key-guard.yaml"
PLAIN = """\
modules:
  - source: acme/iam-user/aws
    version: ">= 2.0, < 4.0"
    inputs: {name: null, create_key: true, key_status: null}
    keys:
      this: {user: var.name, status: var.key_status, when: var.create_key}
"""
MANAGED = """\
modules:
  - source: git::https://git.example.com/iam.git//user
    inputs: {name: null, keys: [], enabled: true, tags: {a: [1, x, null]}}
    locals:
      names: "{ for key in var.keys : key => lower(key) if var.enabled }"
    users:
      this: {name: var.name}
    keys:
      each: {for-each: local.names, user: aws_iam_user.this.name, status: 'each.value == "old" ? "Inactive" : "Active"'}
    outputs:
      user: aws_iam_user.this.name
"""


def call(arguments: str, name: str = "m", source: str = "acme/iam-user/aws", version: str = "3.1.0") -> str:
    constraint = f'  version = "{version}"\n' if version else ""
    return f'module "{name}" {{\n  source = "{source}"\n{constraint}  {arguments}\n}}\n'


def git(arguments: str, name: str = "m", ref: str = "v1.0.0") -> str:
    return call(arguments, name, f"git::https://git.example.com/iam.git//user?ref={ref}", "")


def addresses(ran: Checked) -> list[str]:
    return [key["address"] for user in ran.report["users"] for key in user["keys"]]


def test_without_a_description_the_answer_is_open(check: Checker) -> None:
    assert check(call('name = "ann"')).code == 3


def test_keys_by_inputs_and_defaults(check: Checker) -> None:
    ran = check({FILE: PLAIN, "main.tf": call('name = "ann"')})
    assert (ran.verdict, ran.active) == ("pass", {"ann": (1, 1)})
    assert addresses(ran) == ["module.m.aws_iam_access_key.this[0]"]
    assert [key["line"] for user in ran.report["users"] for key in user["keys"]] == [1]
    two = call('name = "ann"') + call('name = "Ann"', "n")
    assert (check(two).verdict, check(two).code) == ("violation", 1)
    off = call('name = "ann"') + call('name = "ann"\n  create_key = "false"', "n")
    assert check(off).verdict == "pass"
    old = call('name = "ann"') + call('name = "ann"\n  key_status = "Inactive"', "n")
    assert check(old).verdict == "pass"
    maybe = 'variable "second" { type = bool }\n' + two.replace(
        'name = "Ann"', 'name = "ann"\n  create_key = var.second'
    )
    assert check(maybe).verdict == "possible"


def test_users_locals_for_each_and_outputs(check: Checker) -> None:
    key = 'resource "aws_iam_access_key" "more" { user = module.m.user }\n'
    ran = check({FILE: MANAGED, "main.tf": git('name = "ann"\n  keys = toset(["New", "OLD"])')})
    assert (ran.verdict, ran.active) == ("pass", {"ann": (1, 1)})
    assert addresses(ran) == [f'module.m.aws_iam_access_key.each["{name}"]' for name in ("New", "OLD")]
    assert check(git('name = "ann"\n  keys = ["a"]') + key).verdict == "violation"
    assert check(git('name = "ann"\n  keys = ["a"]\n  enabled = false') + key).verdict == "pass"
    names = 'variable "a" { type = string }\nvariable "b" { type = string }\n'
    pair = git("name = var.a\n  keys = [1]") + git("name = var.b\n  keys = [1]", "n")
    assert check(names + pair).verdict == "pass"  # two managed users are two users


def test_versions_that_are_not_described_stay_open(check: Checker) -> None:
    for version, code in (("1.9.0", 3), ("2.0.0", 0), ("4.0.0", 3)):
        assert check({FILE: PLAIN, "main.tf": call('name = "ann"', version=version)}).code == code


def test_several_descriptions_are_each_tried(check: Checker) -> None:
    text = PLAIN + (
        "  - source: acme/iam-user/aws\n    version: '>= 4.0'\n    inputs: {name: null}\n"
        "    keys: {a: {user: var.name}, b: {user: var.name}}\n"
        "  - source: acme/iam-user/aws\n    version: '< 2.0'\n    keys: {}\n"
    )
    main = call('name = "ann"\n  create_key = true', version=">= 3.0")
    ran = check({FILE: text, "main.tf": main})
    assert (ran.verdict, ran.active) == ("possible", {"ann": (1, 2)})
    assert check(call('name = "ann"', version="1.0.0")).verdict == "pass"
    assert check(call('name = "ann"', version="4.2.0")).verdict == "violation"


def test_a_default_gives_its_input_a_type(check: Checker) -> None:
    """Terraform turns true into a text for an input that is one."""
    text = PLAIN.replace("create_key: true", 'create_key: "no"').replace(
        "var.create_key}", "'var.create_key == \"true\"'}"
    )
    ran = check({FILE: text, "main.tf": call('name = "ann"\n  create_key = true')})
    assert ran.active == {"ann": (1, 1)}


def test_entries_add_to_the_table(check: Checker) -> None:
    text = PLAIN.replace("acme/iam-user/aws", "cytopia/iam/aws").replace(">= 2.0, < 4.0", ">= 6.0")
    users = USERS.replace("STATUS", "Active")
    new = call(f'name = "ann"\n  {users}', source="cytopia/iam/aws", version="6.1.0")
    assert check({FILE: text, "main.tf": new}).active == {"ann": (1, 1)}
    assert check(new.replace("6.1.0", "5.0.6").replace("name", "path", 1)).active == {"ann": (2, 2)}


def test_a_module_without_keys_is_suspected_of_none(check: Checker) -> None:
    text = "modules: [{source: acme/iam-user/aws, keys: {}}]\n"
    ran = check({FILE: text, "main.tf": call('user_name = "ann"')})
    assert (ran.code, ran.verdict) == (0, "pass")


@pytest.mark.parametrize(
    ("described", "called", "version"),
    [
        ("acme/iam-user/aws", "ACME/iam-user/aws", "3.0.0"),
        ("acme/iam-user/aws//modules/a", "registry.terraform.io/acme/iam-user/aws//modules/a", "3.0.0"),
        ("app.terraform.io/Acme/iam-user/aws", "APP.terraform.io/acme/iam-user/aws", "3.0.0"),
        (
            "github.com/acme/terraform-aws-iam-user",
            "git@github.com:acme/terraform-aws-iam-user.git?ref=v3.0.0",
            "",
        ),
        ("git::ssh://git@example.com/iam.git//u", "git::ssh://git@example.com/iam.git//u?ref=3.0.0", ""),
        ("acme/tools/aws//*", "acme/tools/aws//iam/user", "3.0.0"),
    ],
)
def test_sources_are_compared_as_modules(check: Checker, described: str, called: str, version: str) -> None:
    text = PLAIN.replace("acme/iam-user/aws", described, 1)
    ran = check({FILE: text, "main.tf": call('name = "ann"', source=called, version=version)})
    assert (ran.verdict, ran.active) == ("pass", {"ann": (1, 1)})


def test_another_submodule_or_host_is_another_module(check: Checker) -> None:
    for source in ("acme/iam-user/aws//other", "example.com/acme/iam-user/aws"):
        assert check({FILE: PLAIN, "main.tf": call('user_name = "ann"', source=source)}).code == 3


def test_what_is_on_disk_is_read_instead(check: Checker) -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {
                "Key": "m",
                "Source": "registry.terraform.io/acme/iam-user/aws",
                "Version": "3.1.0",
                "Dir": ".terraform/modules/m",
            },
        ]
    }
    module = 'variable "name" { type = string }\n' + "".join(
        f'resource "aws_iam_access_key" "{name}" {{ user = var.name }}\n' for name in ("a", "b")
    )
    files = {
        FILE: PLAIN,
        "main.tf": call('name = "ann"'),
        ".terraform/modules/modules.json": json.dumps(manifest),
        ".terraform/modules/m/main.tf": module,
    }
    assert check(files).verdict == "violation"


def test_what_is_refused_is_told_at_the_call(check: Checker) -> None:
    ran = check({FILE: PLAIN, "main.tf": "\n" + call("create_key = true")})
    assert ran.code == 3
    said = ran.report["diagnostics"][0]
    assert (said["file"], said["line"]) == ("main.tf", 2)


# The rows of the table, as a user would write them: they say what the built-in summary says.
AS_BUILT_IN = """\
modules:
  - source: acme/user/aws
    inputs: {create: true, name: "", create_access_key: true, access_key_status: null}
    users:
      this: {name: var.name, count: "var.create ? 1 : 0"}
    keys:
      this:
        when: var.create && var.create_access_key
        user: aws_iam_user.this[0].name
        status: var.access_key_status
    outputs: {name: "try(aws_iam_user.this[0].name, null)"}
  - source: acme/roles/aws
    inputs: {users: []}
    locals:
      keys: >-
        flatten([for user in var.users : [for key in user.access_keys :
        {id = "${user.name}:${key.name}", status = key.status}]])
    users:
      users: {for-each: "{ for user in var.users : user.name => user }", name: each.key}
    keys:
      access_key:
        for-each: "{ for key in local.keys : key.id => key.status }"
        user: split(":", each.key)[0]
        status: each.value
"""
KEY = '{name = "%s", status = "%s", pgp_key = ""}'
USERS = f'users = [{{name = "ann", access_keys = [{KEY % ("a", "Active")}, {KEY % ("b", "STATUS")}]}}]'


@pytest.mark.parametrize(
    ("own", "built_in", "version", "arguments"),
    [
        *(
            ("acme/user/aws", "terraform-aws-modules/iam/aws//modules/iam-user", "6.2.0", arguments)
            for arguments in (
                'name = "ann"',
                'name = "ann"\n  create = false',
                'name = "ann"\n  create_access_key = var.on',
                'name = var.who\n  access_key_status = var.on ? "Active" : "Inactive"',
            )
        ),
        *(
            ("acme/roles/aws", "cytopia/iam/aws", "5.0.6", USERS.replace("STATUS", status))
            for status in ("Active", "Inactive", "${var.who}")
        ),
    ],
)
def test_rows_of_the_table_can_be_written(
    check: Checker, own: str, built_in: str, version: str, arguments: str
) -> None:
    given = 'variable "on" { type = bool }\nvariable "who" { type = string }\n'
    more = 'resource "aws_iam_access_key" "more" { user = "ann" }\n'
    ran = [
        check({FILE: AS_BUILT_IN, "main.tf": given + more + call(arguments, source=source, version=version)})
        for source in (own, built_in)
    ]
    assert ran[0].report["users"] == ran[1].report["users"]
    assert (ran[0].code, ran[0].verdict) == (ran[1].code, ran[1].verdict)
    assert ran[0].report["users"]


ENTRY = "modules:\n  - source: acme/iam-user/aws\n    inputs: {name: null}\n    keys:\n      this: {user: var.name%s}\n"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("modules: [{source: ./local, keys: {}}]", "1:20", "local source"),
        ("modules: [{source: a/b/c, version: soon, keys: {}}]", "1:36", '"soon" is not a version'),
        (
            "modules: [{source: 'github.com/a/terraform-b-c?ref=v1.0.0', version: '2.0', keys: {}}]",
            "1:20",
            "allow no version",
        ),
        ("modules: [{source: a/b/c}]", "1:11", "The key keys is missing in modules"),
        ("modules: [{source: a/b/c, keys: {}, input: {}}]", "1:37", "Did you mean inputs?"),
        (
            "modules: [{source: a/b/c, keys: {}}, {source: a/b/c, version: '1.0', keys: {}}]",
            "1:47",
            "Another entry describes",
        ),
        (
            "modules: [{source: cytopia/iam/aws, keys: {}}]",
            "1:20",
            "The table of well-known modules describes versions",
        ),
        ("modules: [{source: a/b/c, inputs: {x: 1.5}, keys: {}}]", "1:39", "Expected a default"),
        ("modules: [{source: a/b/c, inputs: {x: {y: [0.1]}}, keys: {}}]", "1:44", "Expected a default"),
        ("modules: [{source: a/b/c, inputs: {1x: 1}, keys: {}}]", "1:36", "as key, not 1x"),
        (ENTRY % ", count: 'var.name ?'", "5:48", "This is no expression"),
        (
            ENTRY % ", count: 'var.nam == null ? 1 : 0'",
            "5:38",
            "There is no var.nam: inputs does not have it. Did you mean name?",
        ),
        (ENTRY % ", count: '[local.x]'", "5:39", "There is no local.x: locals does not have it."),
        (ENTRY % ", status: Inactive", "5:38", "Inactive is no reference; a text needs quotes of its own"),
        (ENTRY % ", status: each.key", "5:38", "each can be used only beside for-each."),
        (ENTRY % ", count: count.index", "5:37", "count can be used only beside count."),
        (ENTRY % ", status: data.x.y.z", "5:38", "data.x.y.z is no reference"),
        (ENTRY % ", status: 'uper(var.name)'", "5:39", "There is no function uper. Did you mean upper?"),
        (ENTRY % ", count: 1, for-each: '[]'", "5:50", "Give only one of when, count and for-each."),
        (ENTRY % ', status: "\\"${var.nam}\\""', "5:38", "There is no var.nam"),
        (ENTRY % ", if: true", "5:30", "There is no setting if in modules.keys.this."),
    ],
)
def test_mistakes_are_told_with_their_places(check: Checker, text: str, place: str, said: str) -> None:
    ran = check({FILE: text + "\n", "main.tf": ""})
    assert ran.code == 2
    assert f"{FILE}:{place}: Invalid settings" in ran.errors
    assert said in ran.errors
