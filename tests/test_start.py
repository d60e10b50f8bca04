"""What a check imports: nothing that it does not reach, since people wait for it at every commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Where nothing is relevant these are all of ours. One more must be worth the wait of everyone who has no
# keys: import it where it is used, or add it here.
WITHOUT_KEYS = """
    guard guard.cli guard.commands guard.commands.check guard.commands.output guard.commands.progress
    guard.config guard.config.input_options guard.config.load guard.config.roots guard.config.workspace
    guard.diagnostics guard.disk guard.findings guard.history guard.history.event guard.ignores
    guard.ignores.hints guard.in_force guard.inventory guard.inventory.model guard.options guard.pipeline
    guard.reading guard.records guard.reports guard.reports.model guard.reports.text guard.reports.words
    guard.rule_table guard.rules guard.settings guard.settings.model guard.source guard.syntax
    guard.syntax.module_paths guard.syntax.scan guard.syntax.scan_bytes guard.terminal guard.visible guard.waiver
"""

# Each costs more than all that a check of a small repository computes, or brings others along.
HEAVY = """
    boto3 botocore cryptography google hcl2 html ijson jinja2 jsonschema lark markupsafe re2 regex ruamel
    referencing urllib3 yaml _pytest asyncio concurrent csv dataclasses difflib email http importlib.metadata
    importlib.resources inspect json logging multiprocessing random secrets shutil socket sqlite3 ssl subprocess
    tempfile textwrap threading typing unittest uuid xml zipfile
"""
# These are needed to evaluate and to judge, and for nothing else.
FOR_KEYS = {"datetime", "decimal", "fractions", "hashlib"}

PLAIN = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n'
KEYS = """\
locals {
  people = { alice = "Active", bob = "Inactive" }
}
module "ci" {
  source   = "./modules/ci"
  for_each = toset(["build", "deploy"])
  name     = "ci-${each.key}"
}
resource "aws_iam_user" "people" {
  for_each = local.people
  name     = each.key
}
resource "aws_iam_access_key" "people" {
  for_each = local.people
  user     = aws_iam_user.people[each.key].name
  status   = each.value
}
"""
MODULE = 'variable "name" { type = string }\nresource "aws_iam_access_key" "this" {\n  user = var.name\n}\n'

RUN = """
import sys
before = set(sys.modules)
from guard.cli import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(set(sys.modules) - before))
sys.exit(code)
"""


def imported(directory: Path, *arguments: str) -> set[str]:
    """The modules that a passing check of a directory imports, in a process of its own.

    Without `site`, which imports what the environment's own hooks want.
    """
    path = [str(Path(__file__).parents[1]), *(item for item in sys.path if item.endswith("site-packages"))]
    prelude = f"import sys; sys.path += {path!r}\n"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", prelude + RUN, "check", *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:20]) == (0, "iam-key-guard: pass:"), done.stdout + done.stderr
    return set(done.stderr.split())


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(PLAIN)
    return tmp_path


@pytest.fixture
def with_keys(plain: Path) -> Path:
    (plain / "users.tf").write_text(KEYS)
    (plain / "modules/ci").mkdir(parents=True)
    (plain / "modules/ci/main.tf").write_text(MODULE)
    return plain


def heavy(found: set[str]) -> set[str]:
    """Those of the modules that are heavy, or in a heavy package."""
    packages = set(HEAVY.split())
    return {name for name in found if any(name == item or name.startswith(f"{item}.") for item in packages)}


def test_where_nothing_is_relevant_only_the_scan_and_the_report_are_imported(plain: Path) -> None:
    found = imported(plain)
    assert {name for name in found if name.partition(".")[0] == "guard"} == set(WITHOUT_KEYS.split())
    assert heavy(found) | (found & FOR_KEYS) == set()


def test_keys_bring_nothing_heavy(with_keys: Path) -> None:
    found = imported(with_keys, "--no-second-reader")
    assert "guard.inventory.configuration" in found
    assert heavy(found) == set()
    functions = {name for name in found if name.startswith("guard.lang.functions.")}
    assert "guard.lang.functions.conversion" in functions  # toset
    assert (
        not {f"guard.lang.functions.{name}" for name in ("templates", "yaml", "hashing", "regexes")}
        & functions
    )
    assert not {"guard.syntax.tfjson", "guard.syntax.second", "guard.inventory.contents"} & found


def test_the_second_reader_brings_its_own(with_keys: Path) -> None:
    assert {"hcl2", "lark"} <= heavy(imported(with_keys))
