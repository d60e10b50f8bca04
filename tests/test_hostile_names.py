"""Files and names that nobody writes by accident: refused in words, and what is beside them is still read."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checking import Checker

KEY = 'resource "aws_iam_access_key" "k" {\n  user = "alice"\n}\n'
GIVEN = 'variable "user" {\n  default = "bob"\n}\nresource "aws_iam_access_key" "k" {\n  user = var.user\n}\n'
BY_WORKSPACE = 'resource "aws_iam_access_key" "k" {\n  user = terraform.workspace\n}\n'
MANIFEST = '{"Modules": [{"Key": "m", "Source": "a/b/c", "Dir": "%s"}]}'
LONG = "n" * 5_000


@pytest.mark.parametrize("source", [f"./{LONG}", "./a\0b", "./a\\u0000b", "./main.tf"])
def test_a_module_source_that_is_no_directory(check: Checker, source: str) -> None:
    result = check(f'{KEY}module "m" {{\n  source = "{source}"\n}}\n')
    assert (result.code, result.summaries) == (3, ["Unreadable module directory"])
    assert result.active == {"alice": (1, 1)}


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (MANIFEST % LONG, "Directory cannot be read"),
        (MANIFEST % "\\u0000", "Invalid path"),
        (MANIFEST % "\\ud800", "Invalid path"),
        ("[" * 100_000, "Unreadable module manifest"),
    ],
    ids=["long", "nul", "surrogate", "deep"],
)
def test_a_manifest_that_terraform_did_not_write(check: Checker, text: str, summary: str) -> None:
    call = 'module "m" {\n  source = "a/b/c"\n  user   = "alice"\n}\n'
    result = check({"main.tf": KEY + call, ".terraform/modules/modules.json": text})
    assert (result.code, result.summaries) == (3, [summary])


@pytest.mark.parametrize("arguments", [[LONG], [".", "--var-file", LONG], [".", "--confine", LONG]])
def test_a_name_on_the_command_line_that_is_too_long_is_wrong_use(
    check: Checker, arguments: list[str]
) -> None:
    result = check(KEY, *arguments)
    assert result.code == 2
    assert "internal error" not in result.errors


def test_a_data_directory_whose_name_is_too_long_is_not_there(
    check: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_DATA_DIR", LONG)
    assert check(KEY).code == 0


def test_the_boundary_is_a_directory(check: Checker) -> None:
    result = check(KEY, ".", "--confine", "main.tf")
    assert (result.code, "main.tf is not a directory" in result.errors) == (2, True)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [circle, dangling, os.mkfifo])
def test_a_file_that_cannot_be_read_hides_no_other(check: Checker, make: Callable[[Path], None]) -> None:
    make(check.directory / "a.tf")
    result = check(KEY + KEY.replace('"k"', '"other"'))
    assert (result.code, result.summaries) == (1, ["Failed to read file"])
    assert result.active == {"alice": (2, 2)}


def test_a_link_to_a_directory_is_a_file_by_its_name(check: Checker) -> None:
    check.write({"modules/x/readme.txt": ""})
    (check.directory / "x.tf").symlink_to("modules/x")
    assert check(KEY).summaries == ["Failed to read file"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.auto.tfvars", circle),
        ("a.auto.tfvars", dangling),
        ("a.auto.tfvars", os.mkdir),
        ("a.auto.tfvars", os.mkfifo),
        ("terraform.tfvars", os.mkdir),
        ("terraform.tfvars", os.mkfifo),
    ],
)
def test_a_variable_file_that_terraform_would_open_is_never_passed_over(
    check: Checker, name: str, make: Callable[[Path], None]
) -> None:
    make(check.directory / name)
    result = check(GIVEN)
    assert (result.code, result.summaries) == (3, ["Failed to read file"])


@pytest.mark.parametrize("make", [circle, dangling])
def test_terraform_does_not_look_for_the_first_variable_file_behind_a_broken_link(
    check: Checker, make: Callable[[Path], None]
) -> None:
    make(check.directory / "terraform.tfvars")
    make(check.directory / "prod.tfvars")
    assert check(GIVEN).active == {"bob": (1, 1)}


def test_the_selected_workspace_is_read_within_the_boundary_only(check: Checker) -> None:
    check.write({"secret": "prod", "root/main.tf": BY_WORKSPACE})
    (check.directory / "root/.terraform").mkdir()
    (check.directory / "root/.terraform/environment").symlink_to("../../secret")
    result = check({}, "root", "--confine", "root")
    assert (result.code, result.summaries) == (3, ["Path outside of the workspace"])
    assert check({}, "root").active == {"prod": (1, 1)}


def test_a_selected_workspace_in_another_encoding_is_no_crash(check: Checker) -> None:
    check.write({".terraform/environment": ""})
    (check.directory / ".terraform/environment").write_bytes(b"\xff\xfe")
    assert check(BY_WORKSPACE).code == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_configuration_that_is_not_in_utf_8_is_told(check: Checker, encoding: str) -> None:
    (check.directory / "main.tf").write_bytes(KEY.encode(encoding))
    result = check({})
    assert (result.code, result.verdict) == (3, "undetermined")
    assert result.summaries


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_directory_that_may_not_be_read_is_not_taken_for_an_empty_one(check: Checker) -> None:
    (check.directory / "root").mkdir(mode=0)
    assert check({}, "root").summaries == ["Directory cannot be read"]


CLOSED = {"<&-": "-", ">&-": ".", "2>&-": ".", "<&- >&- 2>&-": "."}


@pytest.mark.parametrize("closed", CLOSED)
def test_a_stream_that_is_closed_is_no_fault(tmp_path: Path, closed: str) -> None:
    (tmp_path / "main.tf").write_text(KEY, "utf-8")
    done = _shell(tmp_path, f"{_check(CLOSED[closed])} {closed}")
    assert "internal error" not in done.stderr
    assert done.returncode == (3 if CLOSED[closed] == "-" else 0)


def test_a_working_directory_that_is_gone_is_wrong_use(tmp_path: Path) -> None:
    done = _shell(tmp_path, f"mkdir gone && cd gone && rmdir ../gone && {_check('.')}")
    assert done.returncode == 2
    assert "does not exist any more" in done.stderr


def _check(path: str) -> str:
    return f"{shlex.quote(sys.executable)} -m guard.cli check {path}"


def _shell(directory: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.run(
        ["sh", "-c", command], cwd=directory, env=environment, capture_output=True, text=True, check=False
    )
