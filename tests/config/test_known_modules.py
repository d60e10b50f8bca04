"""Well-known modules that are not on disk: the keys that their summaries make."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from guard.config.known_modules import KEYLESS, KNOWN
from guard.config.summaries import KnownModule
from guard.config.versions import Span, version
from tests.checking import Checker

IAM = "terraform-aws-modules/iam/aws//modules/iam-user"
WRAPPER = "terraform-aws-modules/iam/aws//wrappers/iam-user"
SYSTEM = "cloudposse/iam-system-user/aws"
S3 = "cloudposse/iam-s3-user/aws"


def call(name: str, source: str, version: str | None, arguments: str) -> str:
    constraint = f'  version = "{version}"\n' if version else ""
    return f'module "{name}" {{\n  source = "{source}"\n{constraint}  {arguments}\n}}\n'


@pytest.mark.parametrize("module", KNOWN, ids=str)
def test_rows_follow_each_other_and_were_read_at_a_release_of_their_own(module: KnownModule) -> None:
    for row, after in zip(module.rows, module.rows[1:], strict=False):
        assert row.versions.high == after.versions.low
    for row in module.rows:
        read = version(row.seen)
        assert list(module.rows_for(row.versions)) == [row]
        assert not (row.versions & Span(read, read, with_high=True)).is_empty
        assert {block.type for block in row.blocks()} <= {
            "variable",
            "locals",
            "resource",
            "module",
            "output",
        }


def test_the_documentation_has_every_row() -> None:
    text = (Path(__file__).parents[2] / "docs" / "known-modules.md").read_text("utf-8")
    lines = [line.split(" | ") for line in text.splitlines() if re.match(r"\| \S+/\S+ \|", line)]
    documented = [(name.removeprefix("| "), since, before, read) for name, since, before, read, _ in lines]
    rows = [(module, row) for module in KNOWN for row in module.rows]
    assert documented == [
        (str(module), str(row.versions.low), str(row.versions.high), row.seen) for module, row in rows
    ]


@pytest.mark.parametrize("module", KEYLESS, ids=str)
def test_a_module_without_keys_may_be_given_users(check: Checker, module: KnownModule) -> None:
    source = module.package + "//modules/any"
    user = 'resource "aws_iam_user" "u" { name = "alice" }\n'
    given = "username = aws_iam_user.u.name"
    ran = check(user + call("x", source, module.rows[0].seen, given))
    assert (ran.verdict, ran.code) == ("pass", 0)
    assert ran.report["coverage"]["modules_not_analysed"] == [f"module.x ({source})"]
    assert check(user + call("x", source, str(module.rows[0].versions.high), given)).code == 3


@pytest.mark.parametrize(
    ("source", "version", "arguments", "keys"),
    [
        # terraform-aws-modules/iam: a key by default, in one of two resources up to 5, in one from 6 on
        (IAM, "0.1.0", 'name = "alice"', ["aws_iam_access_key.this[0]"]),
        (IAM, "2.25.0", 'name = "alice"', ["aws_iam_access_key.this_no_pgp[0]"]),
        (IAM, "5.44.0", 'name = "alice"', ["aws_iam_access_key.this_no_pgp[0]"]),
        (IAM, "5.44.0", 'name = "alice"\npgp_key = "keybase:alice"', ["aws_iam_access_key.this[0]"]),
        (IAM, "5.44.0", 'name = "alice"\npgp_key = null', ["aws_iam_access_key.this[0]"]),
        (IAM, "5.44.0", 'name = "alice"\ncreate_user = false', []),
        (IAM, "5.44.0", 'name = "alice"\ncreate_iam_access_key = false', []),
        (IAM, "5.44.0", 'name = "alice"\ncreate_iam_access_key = "false"', []),
        (IAM, "6.0.0", 'name = "alice"', ["aws_iam_access_key.this[0]"]),
        (IAM, "6.5.0", 'name = "alice"\ncreate_access_key = false', []),
        (IAM, "6.5.0", 'name = "alice"\ncreate = false', []),
        (IAM, "6.5.0", 'name = "alice"\ncount = 0', []),
        (
            WRAPPER,
            "5.60.0",
            'items = { a = { name = "alice" }, b = { name = "alice", create_user = false } }',
            ['wrapper["a"].aws_iam_access_key.this_no_pgp[0]'],
        ),
        (
            WRAPPER,
            "6.5.0",
            'defaults = { create_access_key = false }\nitems = { a = { name = "alice", create_access_key = true }, b = { name = "bob" } }',
            ['wrapper["a"].aws_iam_access_key.this[0]'],
        ),
        # cloudposse: the name and whether there is anything at all come from the label
        (SYSTEM, "0.15.0", 'name = "alice"', ["aws_iam_access_key.default[0]"]),
        (SYSTEM, "0.16.0", 'name = "Al ice"', ["aws_iam_access_key.default[0]"]),
        (SYSTEM, "0.19.0", 'name = "alice"\nenabled = false', []),
        (SYSTEM, "0.20.0", 'name = "alice"\ncreate_iam_access_key = false', []),
        (SYSTEM, "0.23.1", 'name = "alice"', ["awsutils_expiring_iam_access_key.default[0]"]),
        (
            SYSTEM,
            "0.23.1",
            'name = "alice"\niam_access_key_max_age = 0',
            ["aws_iam_access_key.default[0]"],
        ),
        (SYSTEM, "1.2.1", 'name = "alice"', ["aws_iam_access_key.default[0]"]),
        (S3, "0.9.0", 'name = "alice"\ns3_resources = []', ["s3_user.aws_iam_access_key.default[0]"]),
        (S3, "0.15.0", 'name = "alice"\ns3_resources = []', ["s3_user.aws_iam_access_key.default[0]"]),
        (
            S3,
            "0.15.9",
            'name = "alice"\ns3_resources = []',
            ["s3_user.awsutils_expiring_iam_access_key.default[0]"],
        ),
        (S3, "1.2.0", 'name = "alice"\ns3_resources = []\ncreate_iam_access_key = false', []),
        ("cloudposse/s3-bucket/aws", "4.2.0", 'name = "alice"', []),
        (
            "cloudposse/s3-bucket/aws",
            "4.2.0",
            'name = "alice"\nuser_enabled = true',
            ["s3_user.module.s3_user.aws_iam_access_key.default[0]"],
        ),
        (
            "cloudposse/s3-bucket/aws",
            "4.2.0",
            'name = "alice"\nuser_enabled = true\naccess_key_enabled = false',
            [],
        ),
        (
            "cloudposse/s3-bucket/aws",
            "0.20.0",
            'name = "alice"\nuser_enabled = true',
            ["s3_user.module.s3_user.aws_iam_access_key.default[0]"],
        ),
        (
            "cloudposse/ses/aws",
            "0.14.0",
            'name = "alice"\ndomain = "example.com"',
            ["ses_user.aws_iam_access_key.default[0]"],
        ),
        ("cloudposse/ses/aws", "0.20.0", 'name = "alice"\nses_user_enabled = false', []),
        (
            "cloudposse/ses/aws",
            "0.25.0",
            'name = "alice"',
            ["ses_user.awsutils_expiring_iam_access_key.default[0]"],
        ),
        (
            "github.com/cytopia/terraform-aws-iam?ref=v5.0.5",
            None,
            'users = [{ name = "alice", access_keys = [{ name = "one", pgp_key = "", status = "Active" }] }]',
            ['aws_iam_access_key.access_key["alice:one"]'],
        ),
        (
            "Flaconi/iam-roles/aws",
            "~> 7.0",
            'users = [{ name = "alice", access_keys = [{ name = "one" }] }, { name = "bob" }]',
            ['aws_iam_access_key.access_key["alice:one"]'],
        ),
    ],
)
def test_the_keys_of_a_call(
    check: Checker, source: str, version: str | None, arguments: str, keys: list[str]
) -> None:
    ran = check(call("x", source, version, arguments))
    assert ran.report["diagnostics"] == []
    assert (ran.verdict, ran.code) == ("pass", 0)
    found = [key for user in ran.report["users"] for key in user["keys"]]
    assert [key["address"] for key in found] == [f"module.x.{_address(key)}" for key in keys]
    assert all((key["file"], key["line"], key["status"]) == ("main.tf", 1, "Active") for key in found)
    assert [user["user"] for user in ran.report["users"]] == ["alice"] * bool(keys)
    assert ran.report["coverage"]["files_seen"] == 1
    assert ran.report["coverage"]["modules_not_analysed"] == []


def _address(key: str) -> str:
    return f"module.{key}" if key.startswith(("wrapper", "s3_user", "ses_user")) else key


@pytest.mark.parametrize(
    ("version", "arguments", "name"),
    [
        (
            "0.25.0",
            'namespace = "eg"\ntenant = "t"\nenvironment = "ue1"\nstage = "Prod"\nname = "app"',
            "eg-ue1-prod-app",
        ),
        (
            "0.25.0",
            'tenant = "T"\nname = "App"\nlabel_order = ["name", "tenant"]\nlabel_value_case = "none"\ndelimiter = "."',
            "App.T",
        ),
        ("0.25.0", 'name = "app"\nattributes = ["a", "b", "a", ""]', "app-a-b"),
        ("0.25.0", 'name = "app.io"\nregex_replace_chars = "/[^a-z]/"', "appio"),
        ("0.25.0", 'name = "a-very-long-name"\nid_length_limit = 12', "a-very-32ccd"),
        ("0.25.0", 'name = "app"\nenabled = false', ""),
        (
            "0.25.0",
            'name = "app"\ncontext = { enabled = true, namespace = "eg", tenant = null, environment = null, stage = null, name = "x", delimiter = "_", attributes = ["z"], tags = {}, additional_tag_map = {}, regex_replace_chars = null, label_order = [], id_length_limit = null }',
            "eg_app_z",
        ),
        ("0.24.1", 'namespace = "eg"\nname = "App"\nlabel_value_case = "upper"', "EG-APP"),
        ("0.22.0", 'namespace = "eg"\nname = "App"\nattributes = ["X"]', "eg-app-x"),
        ("0.16.0", 'namespace = "eg"\nname = "App"\nattributes = ["X"]', "eg-app-x"),
    ],
)
def test_a_label_names_the_user(check: Checker, version: str, arguments: str, name: str) -> None:
    keys = 'resource "aws_iam_user" "u" { name = module.l.id }\nresource "aws_iam_access_key" "k" { user = aws_iam_user.u.name }\n'
    ran = check(call("l", "cloudposse/label/null", version, arguments) + keys)
    assert [user["user"] for user in ran.report["users"]] == [name]
    assert ran.verdict == "pass"


def test_a_status_goes_through(check: Checker) -> None:
    ran = check(
        call("x", IAM, "5.44.0", 'name = "alice"\niam_access_key_status = "Inactive"')
        + call("y", IAM, "5.44.0", 'name = "alice"')
    )
    assert (ran.verdict, ran.active) == ("pass", {"alice": (1, 1)})


def test_a_status_that_does_not_exist_is_refused_where_it_is_given(check: Checker) -> None:
    ran = check(call("x", IAM, "5.44.0", 'name = "alice"\niam_access_key_status = "active"'))
    assert (ran.verdict, ran.code) == ("undetermined", 3)
    assert [(item["summary"], item["file"], item["line"]) for item in ran.report["diagnostics"]] == [
        ("Invalid status", "main.tf", 1)
    ]


def test_two_calls_for_one_user_are_too_many(check: Checker) -> None:
    ran = check(call("x", IAM, "5.44.0", 'name = "alice"') + call("y", IAM, "~> 6.0", 'name = "Alice"'))
    assert (ran.verdict, ran.code) == ("violation", 1)
    assert ran.active == {"alice": (2, 2)}


@pytest.mark.parametrize(
    ("repetition", "name", "active"),
    [
        ("count = 2", '"alice"', {"alice": (2, 2)}),
        ("count = 2", '"alice${count.index}"', {"alice0": (1, 1), "alice1": (1, 1)}),
        ('for_each = toset(["a", "b"])', "each.key", {"a": (1, 1), "b": (1, 1)}),
        ('for_each = { a = "x", b = "x" }', "each.value", {"x": (2, 2)}),
    ],
)
def test_a_call_made_several_times(
    check: Checker, repetition: str, name: str, active: dict[str, tuple[int, int]]
) -> None:
    ran = check(call("x", IAM, "5.44.0", f"{repetition}\nname = {name}"))
    assert ran.active == active
    assert ran.verdict == ("violation" if (2, 2) in active.values() else "pass")


def test_a_user_of_the_module_gets_a_second_key(check: Checker) -> None:
    second = 'resource "aws_iam_access_key" "k" { user = module.x.iam_user_name }\n'
    ran = check(call("x", IAM, "5.44.0", 'name = "alice"') + second)
    assert (ran.verdict, ran.active) == ("violation", {"alice": (2, 2)})


def test_what_an_input_decides_is_possible(check: Checker) -> None:
    flag = 'variable "second" {\n  type = bool\n}\n'
    both = call("x", IAM, "5.44.0", 'name = "alice"') + call(
        "y", IAM, "5.44.0", 'name = "alice"\ncreate_iam_access_key = var.second'
    )
    ran = check(flag + both)
    assert ran.verdict == "possible"
    assert ran.report["users"][0]["when"] == {"var.second": True}


def test_both_resources_together_never_make_two_keys(check: Checker) -> None:
    ran = check('variable "pgp" {}\n' + call("x", IAM, "5.44.0", 'name = "alice"\npgp_key = var.pgp'))
    assert (ran.verdict, ran.active) == ("pass", {"alice": (1, 1)})


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ({"Source": f"registry.terraform.io/{IAM}", "Version": "5.44.0"}, True),
        ({"Source": IAM, "Version": "5.44.0"}, True),
        ({}, True),
        ({"Source": IAM, "Version": "5.43.0"}, False),
        ({"Source": SYSTEM, "Version": "5.44.0"}, False),
    ],
)
def test_a_module_on_disk_is_read_instead_while_it_fits_the_call(
    check: Checker, entry: dict[str, str], read: bool
) -> None:
    manifest = {"Modules": [{"Key": "x", "Dir": ".terraform/modules/x"} | entry]}
    ran = check(
        {
            "main.tf": call("x", IAM, "5.44.0", 'name = "alice"'),
            ".terraform/modules/modules.json": json.dumps(manifest),
            ".terraform/modules/x/main.tf": 'variable "name" {}\n',
        }
    )
    assert (ran.verdict, ran.active) == ("pass", {} if read else {"alice": (1, 1)})


def test_a_broken_manifest_is_told(check: Checker) -> None:
    ran = check({"main.tf": call("x", IAM, "5.44.0", 'name = "a"'), ".terraform/modules/modules.json": "{"})
    assert (ran.verdict, ran.code, ran.summaries[:1]) == ("undetermined", 3, ["Unreadable module manifest"])


def test_a_pre_release_is_one_of_its_release_or_of_the_one_before(check: Checker) -> None:
    ran = check(call("x", IAM, "6.0.0-rc1", 'name = "alice"'))
    assert (ran.verdict, ran.active) == ("pass", {"alice": (1, 1)})


def test_what_is_wrong_beside_a_summary_matters(check: Checker) -> None:
    wrong = 'variable "n" {\n  type = number\n  default = "x"\n}\n'
    ran = check(wrong + call("x", IAM, "5.44.0", 'name = "alice"'))
    assert (ran.verdict, ran.code) == ("undetermined", 3)


def test_an_argument_of_other_versions_only_is_refused(check: Checker) -> None:
    ran = check(call("x", IAM, "6.5.0", 'name = "alice"\ncreate_iam_access_key = false'))
    assert (ran.code, ran.summaries) == (3, ["Unsupported argument"])


def test_an_argument_that_no_summary_mentions_is_let_through(check: Checker) -> None:
    ran = check(call("x", IAM, "6.5.0", 'name = "alice"\npolicies = {}\npassword_length = 30'))
    assert (ran.code, ran.report["diagnostics"]) == (0, [])


def test_an_output_that_no_summary_mentions_is_not_known(check: Checker) -> None:
    key = 'resource "aws_iam_access_key" "k" { user = module.x.something }\n'
    ran = check(call("x", IAM, "6.5.0", 'name = "alice"') + key)
    assert ran.verdict == "undetermined"


@pytest.mark.parametrize("version", ["7.0.0", ">= 7", "0.0.1"])
def test_a_version_without_a_row_is_undetermined(check: Checker, version: str) -> None:
    ran = check(call("x", IAM, version, 'name = "alice"'))
    assert (ran.verdict, ran.code, ran.summaries) == ("undetermined", 3, ["Module not installed"])


def test_a_version_that_cannot_be_read_is_refused(check: Checker) -> None:
    ran = check(call("x", IAM, "newest", 'name = "alice"'))
    assert (ran.code, ran.summaries) == (3, ["Invalid version constraint"])


def test_a_version_does_not_go_with_a_repository(check: Checker) -> None:
    source = "github.com/terraform-aws-modules/terraform-aws-iam//modules/iam-user"
    ran = check(call("x", source, "5.3.0", 'name = "alice"'))
    assert (ran.code, ran.summaries) == (3, ["Invalid version constraint"])
