"""Inputs in Terraform's order of precedence."""

from __future__ import annotations

import pytest

from tests.checking import Checker

MAIN = 'variable "v" {\n  default = "default"\n}\nresource "aws_iam_access_key" "k" { user = var.v }\n'


def user(check: Checker, files: dict[str, str], *arguments: str) -> str:
    [name] = check({"main.tf": MAIN, **files}, *arguments).active
    return name


LAYERS = [
    {},
    {"terraform.tfvars": 'v = "terraform.tfvars"'},
    {"terraform.tfvars.json": '{"v": "terraform.tfvars.json"}'},
    {"a.auto.tfvars": 'v = "a.auto"'},
    {"b.auto.tfvars.json": '{"v": "b.auto"}'},
    {".c.auto.tfvars": 'v = ".c.auto"'},
]


def test_a_later_file_wins_over_earlier_ones(check: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert user(check, {}) == "default"
    monkeypatch.setenv("TF_VAR_v", "environment")
    assert user(check, {}) == "environment"
    assert user(check, {"terraform.tfvars": 'v = "file"'}) == "file"
    assert user(check, {"terraform.tfvars.json": '{"v": "json"}'}) == "json"
    assert user(check, {".z.auto.tfvars": 'v = "hidden"'}) == "hidden"
    assert user(check, {"a.auto.tfvars": 'v = "auto"'}) == "auto"
    assert user(check, {"b.auto.tfvars.json": '{"v": "auto json"}'}) == "auto json"


def test_arguments_win_in_their_own_order(check: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"f.tfvars": 'v = "f"\n', "terraform.tfvars": 'v = "t"\n'}
    assert user(check, files, ".", "--var", "v=first", "--var-file", "f.tfvars") == "f"
    assert user(check, files, ".", "--var-file", "f.tfvars", "--var", "v=last") == "last"
    monkeypatch.setenv("TF_CLI_ARGS_plan", "-var=v=environment -input=false -var-file f.tfvars")
    assert user(check, files) == "f"
    assert user(check, files, ".", "--var", "v=line") == "line"


def test_text_is_taken_literally_only_for_strings(check: Checker) -> None:
    text = (
        'variable "s" { type = string }\nvariable "l" { type = list(string) }\n'
        'resource "aws_iam_access_key" "s" { user = var.s }\nresource "aws_iam_access_key" "l" { user = var.l[0] }\n'
    )
    result = check(text, ".", "--var", 's=["a"]', "--var", 'l=["a"]')
    assert set(result.active) == {'["a"]', "a"}


@pytest.mark.parametrize(
    ("variable", "given", "user"),
    [
        ('type = object({ n = string, s = optional(string, "x") })', '{ n = "a" }', "a-x"),
        ('type = object({ n = string, s = optional(string, "x") })', '{ n = "a", s = null }', "a-x"),
        (
            'type = object({ n = string, s = optional(string, "x") })',
            '{ n = 1, s = "y", more = true }',
            "1-y",
        ),
    ],
)
def test_optional_attributes_have_defaults(check: Checker, variable: str, given: str, user: str) -> None:
    text = f'variable "o" {{\n  {variable}\n}}\nresource "aws_iam_access_key" "k" {{ user = "${{var.o.n}}-${{var.o.s}}" }}\n'
    assert set(check({"main.tf": text, "terraform.tfvars": f"o = {given}\n"}).active) == {user}


@pytest.mark.parametrize(
    ("workspace", "arguments"),
    [("prod", (".", "--workspace", "prod")), ("file", (".",))],
)
def test_the_workspace(check: Checker, workspace: str, arguments: tuple[str, ...]) -> None:
    files = {
        "main.tf": 'resource "aws_iam_access_key" "k" { user = terraform.workspace }\n',
        ".terraform/environment": "file",
    }
    assert set(check(files, *arguments).active) == {workspace}


TWO = MAIN + 'resource "aws_iam_access_key" "two" { user = "two" }\n'


def test_a_file_that_is_given_is_not_tried_again(check: Checker) -> None:
    given = check(
        {"main.tf": TWO, "prod.tfvars": 'v = "two"\n'}, ".", "--var-file", "prod.tfvars", "--var", "v=one"
    )
    assert given.verdict == "pass"
    assert check({}, ".").verdict == "possible"


def test_what_var_gives_stays_when_files_are_tried(check: Checker) -> None:
    files = {"main.tf": TWO, "prod.tfvars": 'v = "two"\n'}
    assert check(files, ".", "--var", "v=one").verdict == "pass"


def test_a_variable_file_has_no_blocks(check: Checker) -> None:
    result = check({"main.tf": NAMED, "terraform.tfvars": 'user = "alice"\nother {\n}\n'})
    assert (result.code, result.summaries) == (3, ['Unexpected "other" block'])


NAMED = 'variable "user" {\n  default = "bob"\n}\nresource "aws_iam_access_key" "k" {\n  user = var.user\n}\n'


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("-var user=alice", "alice"),
        ("-lock=false -var 'user=al ice' -input=false", "al ice"),
        ("-var user=alice;rm -var user=eve", "alice"),
        ("-var user=alice & -var user=eve", "alice"),
        ("-var 'user=a;b'", "a;b"),
        ("-var user=a#b", "a#b"),
    ],
)
def test_extra_arguments_are_read_as_terraform_reads_them(
    check: Checker, monkeypatch: pytest.MonkeyPatch, text: str, user: str
) -> None:
    monkeypatch.setenv("TF_CLI_ARGS_plan", text)
    assert list(check(NAMED).active) == [user]


@pytest.mark.parametrize("text", ["'", "-var 'user=alice", "-var user=alice\\", "-var", "-var-file"])
def test_extra_arguments_that_terraform_refuses_are_wrong_use(
    check: Checker, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("TF_CLI_ARGS_plan", text)
    result = check(NAMED)
    assert result.code == 2
    assert "TF_CLI_ARGS_plan" in result.errors
