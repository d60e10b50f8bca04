"""The settings file is found, and the command line beats it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking import Checker

TWO = 'resource "aws_iam_access_key" "a" { user = "alice" }\nresource "aws_iam_access_key" "b" { user = "alice" }\n'
FILE = ".iam-key-guard.yaml"


def test_the_command_line_beats_the_file_and_the_file_the_default(check: Checker) -> None:
    assert check(TWO).code == 1
    assert check({FILE: "limit: 2\n"}).code == 0
    assert check({}, "--limit", "1").code == 1
    assert check({FILE: "limit: 0\n"}, "--limit", "2").code == 0


def test_fail_on_of_the_file_and_of_the_command_line(check: Checker) -> None:
    maybe = TWO.replace('"b" {', '"b" {\n  count = var.n ? 1 : 0\n ') + 'variable "n" { type = bool }\n'
    maybe = maybe.replace(' user = "alice" }\nvariable', ' user = "alice"\n}\nvariable')
    assert check(maybe).code == 1
    assert check({FILE: "fail-on: violation\n"}).code == 0
    assert check({}, "--fail-on", "possible").code == 1


def test_the_file_is_looked_for_upwards_within_the_workspace(check: Checker, tmp_path: Path) -> None:
    check.write({"repo/a/b/main.tf": TWO, FILE: "limit: 5\n"})
    assert check({}, "repo/a/b").code == 0
    (tmp_path / "repo" / ".git").mkdir()
    assert check({}, "repo/a/b").code == 1
    assert check({f"repo/a/{FILE}": "limit: 2\n"}, "repo/a/b").code == 0
    assert check({f"repo/a/b/{FILE}": "limit: 1\n"}, "repo/a/b").code == 1


def test_paths_with_different_settings_are_refused(check: Checker) -> None:
    files = {"a/main.tf": TWO, "b/main.tf": TWO, f"a/{FILE}": "limit: 2\n"}
    result = check(files, "a", "b")
    assert (result.code, "Several settings files" in result.errors) == (2, True)
    assert check({}, "a", "b", "--config", f"a/{FILE}").code == 0


def test_patterns_of_a_named_file_are_relative_to_the_working_directory(check: Checker) -> None:
    assert check({"a/main.tf": TWO, "ci/s.yaml": "exclude: [a]\n"}, ".", "--config", "ci/s.yaml").code == 0


def test_a_named_file_that_does_not_exist(check: Checker) -> None:
    result = check(TWO, "--config", "no.yaml")
    assert (result.code, "no.yaml does not exist" in result.errors) == (2, True)


@pytest.mark.parametrize("make", ["link", "directory", "large"])
def test_what_cannot_be_read_as_settings_is_wrong_use(check: Checker, tmp_path: Path, make: str) -> None:
    check.write({"repo/main.tf": TWO, "outside.yaml": "limit: 9\n"})
    (tmp_path / "repo" / ".git").mkdir()
    file = tmp_path / "repo" / FILE
    if make == "link":
        file.symlink_to(tmp_path / "outside.yaml")
    elif make == "directory":
        file.mkdir()
    else:
        file.write_text("#" * 1_100_000)
    assert check({}, "repo").code == 2


def test_a_settings_file_that_is_not_quite_called_so_is_not_passed_over(check: Checker) -> None:
    """Its limit of 0 and its waivers would silently not hold."""
    result = check({"a/main.tf": TWO, ".iam-key-guard.yml": "limit: 0\n"}, "a")
    assert (result.code, "Rename or remove it" in result.errors) == (2, True)
    assert check({f"a/{FILE}": "limit: 2\n"}, "a").code == 0


def test_a_mistake_ends_with_wrong_use_and_its_place(check: Checker) -> None:
    result = check({"main.tf": TWO, FILE: "limit: 2\nfail-onn: x\n"})
    assert result.code == 2
    assert (
        f"{FILE}:2:1: Invalid settings: There is no setting fail-onn. Did you mean fail-on?" in result.errors
    )
