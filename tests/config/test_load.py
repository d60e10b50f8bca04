"""Called modules found on disk."""

from __future__ import annotations

import pytest

from tests.checking import Checker

CALL = 'module "m" { source = "./link/../sibling" }\n'
ONE = 'resource "aws_iam_access_key" "k" { user = "alice" }\n'


def test_parent_steps_are_taken_out_by_name_before_links_are_followed(check: Checker) -> None:
    check.write({"root/sibling/main.tf": ONE + ONE.replace('"k"', '"other"'), "far/sibling/main.tf": ONE})
    (check.directory / "far" / "module").mkdir()
    (check.directory / "root" / "link").symlink_to(check.directory / "far" / "module")
    assert check({"root/main.tf": CALL}, "root").active == {"alice": (2, 2)}


TWO = ONE + ONE.replace('"k"', '"other"')
INACTIVE = 'resource "aws_iam_access_key" "k" { status = "Inactive" }\n'
SETTINGS = 'terraform {\n  required_version = ">= 1.%d"\n}\n'
DIFFERENT = ["Different for Terraform and OpenTofu"]


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": TWO, "main.tofu": "locals {}\n"},
        {"main.tf": TWO, "main.tofu": ONE},
        {"main.tf": TWO, "override.tofu": INACTIVE},
        {"main.tf": TWO, "main_override.tofu.json": '{"locals": {"a": 1}}', "main.tofu": TWO},
        {"main.tf": TWO, "override.tf": "", "override.tofu": INACTIVE},
        {"main.tf": 'module "m" { source = "./m" }\n', "m/main.tf": TWO, "m/main.tofu": "# nothing\n"},
    ],
)
def test_what_opentofu_reads_less_of_does_not_pass(check: Checker, files: dict[str, str]) -> None:
    checked = check(files)
    assert (checked.code in (1, 3), checked.summaries) == (True, DIFFERENT)


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": ONE, "versions.tf": SETTINGS % 5, "versions.tofu": SETTINGS % 6},
        {"main.tf": ONE, "override.tofu": SETTINGS % 6},
        {"main.tf": ONE, "main.tofu": ONE},
        {"main.tf": ONE, "more.tofu": "locals {}\n"},
        {"main.tofu": TWO, "override.tofu": INACTIVE.replace('"k"', '"other"')},
    ],
)
def test_what_is_the_same_for_both_passes(check: Checker, files: dict[str, str]) -> None:
    checked = check(files)
    assert (checked.code, checked.summaries, checked.active) == (0, [], {"alice": (1, 1)})
