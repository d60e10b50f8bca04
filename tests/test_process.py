"""The command as a process: what it says is complete when it ends, and so is its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KEY = 'resource "aws_iam_access_key" "%s" {\n  user = "alice"\n}\n'
PROGRAM = "from guard.process import program; program()"


def process(directory: Path, *arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(command, cwd=directory, env=environment, text=True, check=False, **how)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (KEY % "one", ["check"], 0),
        (KEY % "one" + KEY % "two", ["check"], 1),
        (KEY % "one", ["check", "--limit", "-1"], 2),
        (KEY % "one" + "}", ["check"], 3),
        (KEY % "one", ["--version"], 0),
        (KEY % "one", [], 2),
    ],
)
def test_the_exit_code(tmp_path: Path, text: str, arguments: list[str], code: int) -> None:
    (tmp_path / "main.tf").write_text(text)
    assert process(tmp_path, *arguments, capture_output=True).returncode == code


def test_a_report_larger_than_a_pipe_is_complete(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("".join(KEY % f"k{number}" for number in range(2_000)))
    done = process(tmp_path, "check", "--format", "json", capture_output=True)
    assert done.stdout.endswith("}\n")
    assert len(done.stdout) > 1 << 18


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [["check"], ["explain"]])
def test_a_full_disk_is_no_success(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "main.tf").write_text(KEY % "one")
    with Path("/dev/full").open("w") as full:
        done = process(tmp_path, *arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode not in (0, 1)
    assert "No space left on device" in done.stderr
