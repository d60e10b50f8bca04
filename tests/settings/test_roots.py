"""What settings do to a check, run as people run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking import Checker

PAIR = """
variable "second" { type = bool }
resource "aws_iam_access_key" "a" { user = "alice" }
resource "aws_iam_access_key" "b" {
  count = var.second ? 1 : 0
  user  = "alice"
}
"""
ONE = 'resource "aws_iam_access_key" "a" { user = "alice" }\n'
FILE = ".iam-key-guard.yaml"


def test_variables_and_files_of_a_root_and_the_command_line_beats_them(check: Checker) -> None:
    files = {"envs/a/main.tf": PAIR, "envs/a/x.tfvars": "second = false\n"}
    assert check({**files, FILE: "roots: {envs/*: {vars: {second: true}}}\n"}).verdict == "violation"
    assert (
        check({FILE: "roots: {envs/*: {vars: {second: true}}}\n"}, "--var", "second=false").verdict == "pass"
    )
    assert check({FILE: "roots: {envs/*: {var-files: [x.tfvars]}}\n"}, "--no-variants").verdict == "pass"
    assert check({FILE: "roots: {envs: {vars: {second: false}}}\n"}).verdict == "possible"


def test_the_workspace_of_a_root_and_what_beats_it(check: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAIR.replace("var.second", 'terraform.workspace == "prod"')
    assert check({"main.tf": text, FILE: 'roots: {".": {workspace: prod}}\n'}).verdict == "violation"
    assert check({}, "--workspace", "dev").verdict == "pass"
    monkeypatch.setenv("TF_WORKSPACE", "dev")
    assert check({}).verdict == "pass"


def test_with_accounts_known_users_are_summed_across_roots(check: Checker) -> None:
    files = {"a/main.tf": ONE, "b/main.tf": ONE}
    assert check(files).verdict == "pass"
    one = 'roots: {"*": {account: "111111111111"}}\n'
    assert check({FILE: one}).verdict == "violation"
    two = 'roots: {a: {account: "111111111111"}, b: {account: "222222222222"}}\n'
    assert check({FILE: two}).verdict == "pass"


@pytest.mark.parametrize(
    ("provider", "accounts", "verdict"),
    [
        ('profile = "p"', 'profile:p: "111111111111"', "violation"),
        ('profile = "p"', 'profile:q: "111111111111"', "pass"),
        ('profile = "p"', 'aws: "111111111111"', "pass"),
        ("assume_role { role_arn = var.role }", 'aws: "111111111111"', "violation"),
        ('assume_role { role_arn = "arn:aws:iam::222222222222:role/r" }', 'aws: "111111111111"', "pass"),
    ],
)
def test_accounts_of_profiles_and_of_providers_that_leave_it_open(
    check: Checker, provider: str, accounts: str, verdict: str
) -> None:
    known = 'provider "aws" { allowed_account_ids = ["111111111111"] }\n'
    other = f'variable "role" {{ type = string }}\nprovider "aws" {{\n  {provider}\n}}\n'
    files = {"a/main.tf": ONE + known, "b/main.tf": ONE + other, FILE: f"accounts: {{{accounts}}}\n"}
    assert check(files).verdict == verdict


def test_directories_left_out_are_named(check: Checker) -> None:
    files = {"old/x/main.tf": ONE + ONE.replace('"a"', '"b"'), "new/main.tf": ONE, FILE: "exclude: [old]\n"}
    result = check(files)
    assert (result.code, result.report["coverage"]["roots"]) == (0, ["new"])
    assert "old/x" in next(
        item["detail"] for item in result.report["diagnostics"] if item["summary"] == "Left out"
    )


def calling(source: str) -> str:
    return f'module "m" {{ source = "{source}" }}\n'


LEFT_OUT = {
    "a call": ({"old/main.tf": calling("../prod")}, ["prod"]),
    "a call below": ({"old/main.tf": calling("./m"), "old/m/main.tf": calling("../../prod")}, ["prod"]),
    "calls in a circle": (
        {
            "old/main.tf": calling("../prod"),
            "prod/x.tf": calling("../other"),
            "other/main.tf": calling("../prod"),
        },
        ["other", "prod"],
    ),
    "a call that is read, too": (
        {
            "new/main.tf": calling("../old/m"),
            "old/main.tf": calling("./m"),
            "old/m/main.tf": calling("../../prod"),
        },
        ["new"],
    ),
}


@pytest.mark.parametrize("how", LEFT_OUT)
def test_what_is_left_out_hides_nothing_that_it_calls(check: Checker, how: str) -> None:
    files, roots = LEFT_OUT[how]
    result = check({**files, "prod/main.tf": ONE + ONE.replace('"a"', '"b"'), FILE: "exclude: [old]\n"})
    assert (result.code, result.report["coverage"]["roots"]) == (1, roots)


def test_a_pattern_that_fits_nothing_is_said(check: Checker) -> None:
    result = check({"main.tf": ONE, FILE: "roots: {prod: {workspace: p}}\n"})
    assert [item["summary"] for item in result.report["diagnostics"]] == ["Setting without effect"]


def test_a_variable_file_that_does_not_exist_is_wrong_use(check: Checker) -> None:
    result = check({"main.tf": ONE, FILE: 'roots: {".": {var-files: [no.tfvars]}}\n'})
    assert (result.code, "no.tfvars does not exist" in result.errors) == (2, True)


def test_a_list_is_given_as_text(check: Checker, tmp_path: Path) -> None:
    text = 'variable "n" { type = list(string) }\nresource "aws_iam_access_key" "a" {\n  for_each = toset(var.n)\n  user = "alice"\n}\n'
    assert (
        check({"main.tf": text, FILE: """roots: {".": {vars: {n: '["a", "b"]'}}}\n"""}).verdict == "violation"
    )


def test_a_run_that_leaves_everything_out_warns(check: Checker) -> None:
    result = check({"a/main.tf": ONE, FILE: "exclude: [a, legcy]\n"}, "a")
    said = [(item["severity"], item["summary"]) for item in result.report["diagnostics"]]
    assert (result.code, said) == (
        0,
        [("warning", "Everything left out"), ("note", "Setting without effect")],
    )


def test_an_input_that_nothing_declares_is_said(check: Checker) -> None:
    declares = 'variable "here" {\n  default = 1\n}\n'
    settings = "roots: {'*': {vars: {here: 1, heer: 1}}, c: {vars: {other: 1}}}\n"
    result = check({"a/main.tf": ONE + declares, "b/main.tf": ONE, FILE: settings})
    said = [(item["severity"], item["detail"]) for item in result.report["diagnostics"]]
    assert said == [
        ("note", "c fits no root module of this run that leads to access keys."),
        ("warning", "No module that was read declares a variable heer (vars)."),
    ]
