"""The check command: verdicts, exit codes, and what it says of input that is not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking import Checker

KEY = 'resource "aws_iam_access_key" "k" { user = "alice" }\n'
SECOND = 'resource "aws_iam_access_key" "second" { user = "alice" }\n'


def test_one_key_passes(check: Checker) -> None:
    result = check(KEY)
    assert (result.code, result.verdict, result.active) == (0, "pass", {"alice": (1, 1)})


def test_two_keys_of_one_user_are_a_violation(check: Checker) -> None:
    result = check(KEY + SECOND)
    assert (result.code, result.verdict, result.active) == (1, "violation", {"alice": (2, 2)})
    [finding] = result.report["findings"]
    assert [(place["file"], place["line"]) for place in finding["locations"]] == [
        ("main.tf", 1),
        ("main.tf", 2),
    ]


@pytest.mark.parametrize(("limit", "code"), [("1", 1), ("2", 0)])
def test_the_limit_can_be_raised(check: Checker, limit: str, code: int) -> None:
    assert check(KEY + SECOND, ".", "--limit", limit).code == code


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("0", 'No key of alice may be active: set `status = "Inactive"` on each, or remove'),
        ("1", "Keep one key of alice active: set"),
        ("2", 'Keep at most 2 keys of alice active: set `status = "Inactive"` on each other one'),
    ],
)
def test_the_advice_goes_by_the_limit(check: Checker, limit: str, said: str) -> None:
    third = SECOND.replace("second", "third")
    finding = check(KEY + SECOND + third, ".", "--limit", limit).report["findings"][0]
    assert finding["remedy"].startswith(said)


UNSET_SET = 'variable "names" { type = set(string) }\n'
MANY = {
    "for_each": UNSET_SET
    + 'resource "aws_iam_access_key" "k" {\n  for_each = var.names\n  user = "alice"\n}\n',
    "contains": UNSET_SET
    + "".join(
        f'resource "aws_iam_access_key" "k{name}" {{\n'
        f'  count = contains(var.names, "{name}") ? 1 : 0\n  user = "alice"\n}}\n'
        for name in "abcd"
    ),
    "length": UNSET_SET
    + 'resource "aws_iam_access_key" "k" {\n  count = max(0, length(var.names) - 3)\n  user = "alice"\n}\n',
}


@pytest.mark.parametrize("limit", ["2", "3"])
@pytest.mark.parametrize("how", MANY)
def test_so_many_elements_are_tried_that_the_limit_is_exceeded(check: Checker, how: str, limit: str) -> None:
    assert check(MANY[how], ".", "--limit", limit).verdict == "possible"


def test_a_limit_of_more_elements_than_can_be_tried_proves_nothing(check: Checker) -> None:
    result = check(MANY["for_each"], ".", "--limit", "100")
    assert (result.code, result.verdict) == (1, "undetermined")


def test_a_limit_below_zero_is_wrong_use(check: Checker) -> None:
    assert check(KEY, ".", "--limit", "-1").code == 2


def test_what_is_not_known_is_told_with_the_usage_of_the_command(
    check: Checker, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        check(KEY, ".", "--nope")
    assert "usage: iam-key-guard check" in capsys.readouterr().err


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("possible", 1), ("undetermined", 1)])
def test_fail_on_is_the_mildest_verdict_that_fails(check: Checker, fail_on: str, code: int) -> None:
    text = (
        KEY
        + 'variable "n" { type = number }\nresource "aws_iam_access_key" "n" {\n  count = var.n\n  user = "alice"\n}\n'
    )
    result = check(text, ".", "--fail-on", fail_on)
    assert (result.code, result.verdict) == (code, "possible")


REFUSED = {
    "Cycle": 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_iam_access_key" "k" { user = local.a }\n',
    "Unreadable module directory": KEY + 'module "m" { source = "./missing" }\n',
    "Reference to undeclared resource": 'resource "aws_iam_access_key" "k" { user = aws_iam_user.none.name }\n',
    "Reference to undeclared input variable": 'resource "aws_iam_access_key" "k" { user = var.none }\n',
    "Reference to undeclared local value": 'resource "aws_iam_access_key" "k" { user = local.none }\n',
    "Reference to undeclared module": 'resource "aws_iam_access_key" "k" { user = module.none.name }\n',
    "Invalid count argument": 'resource "aws_iam_access_key" "k" {\n  count = -1\n  user = "a"\n}\n',
    "Invalid for_each argument": 'resource "aws_iam_access_key" "k" {\n  for_each = ["a"]\n  user = "a"\n}\n',
    "Unsupported argument": 'resource "aws_iam_access_key" "k" {\n  user = "a"\n  username = "a"\n}\n',
    "Missing required argument": 'resource "aws_iam_access_key" "k" {\n  status = "Active"\n}\n',
    "Invalid status": 'resource "aws_iam_access_key" "k" {\n  user = "a"\n  status = "active"\n}\n',
    "Unclosed configuration block": KEY + 'resource "aws_s3_bucket" "b" {\n',
    "Missing name for resource": 'resource "aws_iam_access_key" { user = "alice" }\n',
    "Unsupported block type": KEY + 'resources "aws_iam_access_key" "k" {\n}\n',
    "Duplicate resource declaration": KEY + KEY,
    "Duplicate local value definition": KEY
    + 'locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\noutput "a" { value = local.a }\n',
}


@pytest.mark.parametrize("summary", REFUSED)
def test_what_terraform_refuses_is_said_and_never_passes(check: Checker, summary: str) -> None:
    result = check(REFUSED[summary])
    assert summary in result.summaries
    assert (result.code, result.verdict) == (3, "undetermined")
    said = next(item for item in result.report["diagnostics"] if item["summary"] == summary)
    assert said["file"] == "main.tf"
    assert said["line"] >= 1


def test_a_broken_variable_that_no_key_asks_for_rules_out_a_witness(check: Checker) -> None:
    text = """variable "env" { type = string }
variable "other" { type =string "x" }
resource "aws_iam_access_key" "other" { user = var.env == "a" ? "alice" : "bob" }
"""
    result = check(KEY + text)
    assert (result.code, result.verdict) == (1, "undetermined")
    assert result.summaries == ["Invalid single-argument block definition"]


def test_a_provider_without_a_name_is_said(check: Checker) -> None:
    result = check('provider {\n  region = "eu-west-1"\n}\n' + KEY)
    assert (result.code, result.summaries) == (3, ["Missing name for provider"])


def test_a_violation_wins_over_what_could_not_be_read(check: Checker) -> None:
    result = check(KEY + SECOND + 'resource "aws_iam_access_key" "x" { user = var.none }\n')
    assert result.code == 1
    assert result.summaries == ["Reference to undeclared input variable"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing"], "Path not found"),
        (["empty"], "No Terraform found"),
        ([".", "--var", "none=1"], "Value for undeclared variable"),
        ([".", "--var", "none"], "Invalid --var argument"),
        ([".", "--var-file", "none.tfvars"], "Variable file not found"),
    ],
)
def test_wrong_use_is_exit_code_2(check: Checker, arguments: list[str], said: str) -> None:
    (check.directory / "empty").mkdir()
    result = check(KEY, *arguments)
    assert result.code == 2
    assert said in result.errors


def test_a_symlink_that_leads_outside_is_refused(check: Checker, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.tf"
    outside.write_text(KEY, "utf-8")
    check.write({"main.tf": SECOND})
    (check.directory / "link.tf").symlink_to(outside)
    result = check({}, ".", "--confine", ".")
    assert (result.code, result.summaries) == (3, ["Path outside of the workspace"])


def test_a_symlink_inside_is_followed(check: Checker) -> None:
    check.write({"main.tf": SECOND, "shared/key.txt": KEY})
    (check.directory / "key.tf").symlink_to("shared/key.txt")
    assert check({}, ".", "--confine", ".").verdict == "violation"


def test_a_cloudformation_stack_with_a_key_is_said_not_counted(check: Checker) -> None:
    result = check(
        'resource "aws_cloudformation_stack" "s" {\n  name = "s"\n  template_body = jsonencode({ Type = "AWS::IAM::AccessKey" })\n}\n'
    )
    assert result.code == 0
    assert [item["summary"] for item in result.report["diagnostics"]] == [
        "Access keys in a CloudFormation stack"
    ]


def test_a_secret_output_must_be_sensitive(check: Checker) -> None:
    result = check(KEY + 'output "secret" { value = aws_iam_access_key.k.secret }\n')
    assert result.summaries == ["Output refers to sensitive values"]


def test_users_of_one_known_account_are_summed_over_roots(check: Checker) -> None:
    provider = 'provider "aws" { allowed_account_ids = ["111111111111"] }\n'
    result = check({"a/main.tf": provider + KEY, "b/main.tf": provider + KEY, "c/main.tf": KEY})
    assert result.verdict == "violation"
    assert sorted((user["account"], user["active"]["min"]) for user in result.report["users"]) == [
        ("111111111111", 2),
        ("default", 1),
    ]


def test_an_unloaded_variable_file_that_gives_two_keys_is_possible(check: Checker) -> None:
    text = (
        KEY
        + 'variable "second" { default = false }\nresource "aws_iam_access_key" "s" {\n  count = var.second ? 1 : 0\n  user = "alice"\n}\n'
    )
    result = check({"main.tf": text, "prod.tfvars": "second = true\n", "dev.tfvars": "second = false\n"})
    assert result.verdict == "possible"
    assert result.report["users"][0]["when"] == {"-var-file": "prod.tfvars"}
    assert check({}, ".", "--no-variants").verdict == "pass"


TWICE = """
resource "aws_iam_access_key" "{0}1" {{
  for_each = var.{0}
  user     = each.value
}}
resource "aws_iam_access_key" "{0}2" {{
  for_each = var.{0}
  user     = each.value
}}
variable "{0}" {{
  type = set(string)
}}
"""


def test_users_of_one_label_are_told_apart(check: Checker) -> None:
    """Findings, waivers and baselines go by label."""
    users = check(TWICE.format("a") + TWICE.format("b")).report["users"]
    assert [(user["user"], {key["address"] for key in user["keys"]}) for user in users] == [
        (f"each.key (aws_iam_access_key.{name}1[*])", {f"aws_iam_access_key.{name}{n}[*]" for n in (1, 2)})
        for name in "ab"
    ]
    assert check(TWICE.format("a")).report["users"][0]["user"] == "each.key"


@pytest.mark.parametrize(
    ("deepest", "code", "verdict"),
    [
        ("this is no configuration {\n", 0, "pass"),
        ("this is no aws_iam_access_key {\n", 3, "undetermined"),
    ],
)
def test_only_modules_that_lead_to_keys_are_read(
    check: Checker, deepest: str, code: int, verdict: str
) -> None:
    call = 'module "network" { source = "./network" }\n'
    files = {"main.tf": KEY + call, "network/main.tf": call, "network/network/main.tf": deepest}
    result = check(files)
    assert (result.code, result.verdict) == (code, verdict)
