"""Checks the two examples beside this file and explains what was seen."""

from __future__ import annotations

import sys
from pathlib import Path

from guard.cli import main

HERE = Path(__file__).parent

STEPS = (
    (
        "demo/two-keys",
        "Two resources make a key for the user ci: one names the aws_iam_user, one writes its name.\n"
        "Both keys will be active, so the check fails (exit code 1):",
    ),
    (
        "demo/one-key",
        "Two keys again, but `status` makes one of them inactive. Which one depends on var.live, which has\n"
        "no value here; the check proves that one key is active for every value (exit code 0):",
    ),
)


def run() -> int:
    """Check every example; the exit code tells whether each answer was the expected one."""
    codes = []
    for directory, explanation in STEPS:
        path = (
            (HERE / directory).relative_to(Path.cwd())
            if HERE.is_relative_to(Path.cwd())
            else HERE / directory
        )
        print(f"\n{explanation}\n\n$ iam-key-guard check {path}\n", flush=True)
        codes.append(main(["check", str(path)]))
    return 0 if codes == [1, 0] else 1


if __name__ == "__main__":
    sys.exit(run())
