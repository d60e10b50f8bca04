"""boto3 costs 0.2 seconds: only an audit that calls AWS pays for it, and one package knows of it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported(*arguments: str) -> set[str]:
    code = (
        "import sys, guard.cli\n"
        "try: guard.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["merge", "--help"], ["audit", "--help"], ["audit", "--print-policy"]]
)
def test_without_calls_there_is_no_boto3(arguments: list[str]) -> None:
    assert not {"boto3", "botocore", "urllib3", "jsonschema"} & imported(*arguments)


def test_only_the_seam_imports_boto3() -> None:
    for file in sorted((ROOT / "guard").rglob("*.py")):
        names = set()
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add((node.module or "").split(".")[0])
        if names & {"boto3", "botocore"}:
            assert file.parent == ROOT / "guard/aws", file
