"""The directories that module sources name, as `terraform get` (1.11.4, on Linux) finds them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from guard.syntax.module_paths import called_directory, is_local
from tests.checking import Checker

KEY = 'resource "aws_iam_access_key" "k" {\n  user = "alice"\n}\n'
NO_KEY = "locals {}\n"

# By the source as it is written: the directory that it names, and another that it could be taken for.
NAMED = {
    r'".\\m"': ("m", r".\m"),
    r'"./x\\m"': ("x/m", r"x\m"),
    r'"./a\u005cu0062"': ("a/u0062", "ab"),
    r'"./a\u0022 }"': ('a" }', "a"),
    r'"./a\u0024{b}"': ("a${b}", "a"),
    '"./e\u0301"': ("\u00e9", "e\u0301"),
    r'"./e\u0301"': ("\u00e9", "e\u0301"),
    '"./\u212a"': ("K", "\u212a"),
    '"./m?ref=v1"': ("m?ref=v1", "m"),
    '"./m "': ("m ", "m"),
    '".//m"': ("m", "x"),
    '"./x//m"': ("x/m", "x"),
}


@pytest.mark.parametrize("source", NAMED)
@pytest.mark.parametrize("named", [True, False])
def test_keys_are_where_the_source_leads(check: Checker, source: str, named: bool) -> None:
    calls = "".join(f'module "{name}" {{\n  source = {source}\n}}\n' for name in "ab")
    one, other = NAMED[source]
    files = {"main.tf": calls, f"{one}/main.tf": KEY if named else NO_KEY}
    checked = check({**files, f"{other}/main.tf": NO_KEY if named else KEY})
    assert checked.verdict == ("violation" if named else "pass")


@pytest.mark.parametrize("source", NAMED)
@pytest.mark.skipif(shutil.which("terraform") is None, reason="asks the real Terraform")
def test_terraform_says_so(check: Checker, source: str) -> None:
    one, other = NAMED[source]
    call = f'module "a" {{\n  source = {source}\n}}\n'
    check.write({"main.tf": call, f"{one}/main.tf": NO_KEY, f"{other}/main.tf": NO_KEY})
    subprocess.run(["terraform", "get"], cwd=check.directory, check=True, capture_output=True, timeout=60)
    manifest = check.directory / ".terraform/modules/modules.json"
    installed = json.loads(manifest.read_text("utf-8"))["Modules"]
    assert Path(one) in [Path(entry["Dir"]) for entry in installed]


@pytest.mark.parametrize("source", ["", ".", "..", "a", "/a", " ./a", "a/b", ".a/b"])
def test_what_names_no_directory(source: str) -> None:
    assert not is_local(source)


def test_dots_are_taken_away_by_name() -> None:
    assert called_directory("/top/a", r"..\b/../c") == "/top/c"
