"""Versions of modules that are not on disk, where the constraint allows several that behave differently."""

from __future__ import annotations

import pytest

from tests.checking import Checked, Checker

IAM = "terraform-aws-modules/iam/aws//modules/iam-user"
SYSTEM = "cloudposse/iam-system-user/aws"
KEY = 'resource "aws_iam_access_key" "k" { user = "alice" }\n'


def call(name: str, version: str, arguments: str = 'name = "alice"', source: str = IAM) -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  version = "{version}"\n  {arguments}\n}}\n'


def whens(ran: Checked) -> list[object]:
    return [user["when"] for user in ran.report["users"]]


@pytest.mark.parametrize(
    "second",
    [
        # what makes the second key away is declared by one of the versions only
        'name = "alice"\ncreate_iam_access_key = false',
        'name = "alice"\ncreate_access_key = false',
        'name = "alice"\niam_access_key_status = "Inactive"',
    ],
)
def test_arguments_tell_which_version_it_is(check: Checker, second: str) -> None:
    ran = check(call("a", ">= 5.0") + call("b", ">= 5.0, < 7.0", second))
    assert (ran.verdict, ran.active, whens(ran)) == ("pass", {"alice": (1, 1)}, [None])


def test_versions_that_agree_decide(check: Checker) -> None:
    ran = check(call("a", ">= 0.1") + call("b", "~> 5.0"))
    assert (ran.verdict, ran.active) == ("violation", {"alice": (2, 2)})


# Which attributes come first changed with 0.22.1: the id is b-a before, a-b from then on.
LABEL = """
module "l" {
  source     = "cloudposse/label/null"
  version    = ">= 0.22, <= 0.22.1"
  attributes = ["b"]
  context = {
    enabled             = true
    namespace           = null
    environment         = null
    stage               = null
    name                = null
    delimiter           = null
    attributes          = ["a"]
    tags                = {}
    additional_tag_map  = {}
    regex_replace_chars = null
    label_order         = []
    id_length_limit     = null
  }
}
resource "aws_iam_access_key" "one" {
  user = module.l.id
}
"""


def test_a_user_whose_name_depends_on_the_version(check: Checker) -> None:
    ran = check(LABEL + 'resource "aws_iam_access_key" "two" { user = "b-a" }\n')
    assert ran.verdict == "possible"
    assert {user["user"]: (user["verdict"], user["when"]) for user in ran.report["users"]} == {
        "a-b": ("pass", None),
        "b-a": ("possible", {"module.l version": ">= 0.22.0, < 0.22.1"}),
    }
    assert ran.active == {"a-b": (0, 1), "b-a": (1, 2)}
    (finding,) = ran.report["findings"]
    assert "with module.l version = '>= 0.22.0, < 0.22.1'" in finding["message"]


def test_what_cannot_be_determined_with_one_version_only(check: Checker) -> None:
    second = """
resource "aws_iam_access_key" "two" {
  user = "b-a"
  lifecycle {
    ignore_changes = [status]
  }
}
"""
    ran = check(LABEL + second)
    undetermined = {user["user"]: user["why"] for user in ran.report["users"] if user["verdict"] != "pass"}
    assert list(undetermined) == ["b-a"]
    assert undetermined["b-a"].startswith("with module.l version >= 0.22.0, < 0.22.1: ")


def test_the_status_of_a_version_and_an_input_together(check: Checker) -> None:
    text = (
        'variable "on" { type = bool }\n'
        + KEY
        + call("a", "~> 0.19", 'name = "alice"\nenabled = var.on', SYSTEM)
    )
    ran = check(text)
    assert ran.verdict == "possible"
    assert all(when == {"var.on": True} for when in whens(ran))


def test_too_many_combinations_are_undetermined(check: Checker) -> None:
    flags = "".join(f'variable "f{number}" {{ type = bool }}\n' for number in range(3))
    calls = "".join(
        call(f"m{number}", f">= 0.{number + 5}", f'name = "user{number}"\nenabled = var.f{number}', SYSTEM)
        for number in range(3)
    )
    ran = check(flags + calls)
    assert (ran.verdict, ran.summaries) == ("undetermined", ["Module versions not decided"])
    assert {user["verdict"] for user in ran.report["users"]} == {"undetermined"}


def test_calls_with_one_constraint_get_one_version(check: Checker) -> None:
    calls = "".join(call(f"m{number}", ">= 0.5", f'name = "user{number}"', SYSTEM) for number in range(20))
    ran = check(calls)
    assert (ran.verdict, len(ran.active)) == ("pass", 20)
